package io.catalogconnect.bigquery;

import static io.catalogconnect.bigquery.SinkTaskFixture.PRODUCT;
import static io.catalogconnect.bigquery.SinkTaskFixture.RAW;
import static io.catalogconnect.bigquery.SinkTaskFixture.product;
import static io.catalogconnect.bigquery.SinkTaskFixture.schemaless;
import static io.catalogconnect.bigquery.SinkTaskFixture.withHeaders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The columns of rows from headers, timestamps and values without a schema. */
final class HeaderColumnsTaskTest {

    private final SinkTaskFixture sink = new SinkTaskFixture();

    @AfterEach
    void stop() {
        sink.stop();
    }

    @Test
    void recordsWithoutASchemaGetTheUnionOfTheFieldsOfTheirTable() {
        sink.properties.put("partition.type", "none");
        sink.properties.remove("partition.field");
        sink.properties.remove("clustering.fields");
        sink.properties.put("schema.evolution", "add");
        sink.properties.put("table.labels", "team:a,cost:low");
        sink.start(RAW);
        sink.putUntilSettled(
                schemaless(0, Map.of("brand", "HP")),
                schemaless(1, Map.of("year", 1999, "price", 1.5)),
                schemaless(2, Map.of("brand", "Dell", "price", 2)));

        assertThat(sink.service.rows("products_raw").get(0).values()).containsEntry("brand", "HP");
        assertThat(sink.service.rows("products_raw").get(1).values())
                .containsEntry("year", 1999L)
                .containsEntry("price", 1.5)
                .doesNotContainKey("brand");
        assertThat(sink.service.rows("products_raw").get(2).values())
                .containsEntry("brand", "Dell")
                .containsEntry("price", 2.0);
        assertThatThrownBy(() -> sink.putUntilSettled(schemaless(3, Map.of("brand", 7))))
                .hasMessageContaining("field 'brand' was STRING in earlier records and is INT64. Use records with"
                        + " a schema, or cast the field with a transformation.");
    }

    @Test
    void headersOfEveryTypeAreConvertedOrRejected() {
        sink.properties.put("header.columns", "f:_f:float64,b:_b:bool,t:_t:timestamp,s:_s,i:_i:int64,d:_d:date");
        sink.start(RAW);
        Date day = Date.from(Instant.parse("1970-01-02T00:00:00Z"));
        Date moment = Date.from(Instant.parse("1970-01-02T00:00:01Z"));
        sink.putUntilSettled(
                withHeaders(0, new Object[] {"f", "0.5", "b", "true", "t", "1970-01-01T00:00:01Z", "s", day, "i", "7"}),
                withHeaders(1, new Object[] {"f", 2, "t", moment, "s", moment, "d", day}));

        assertThat(sink.service.rows("products_raw").get(0).values())
                .containsEntry("_f", 0.5)
                .containsEntry("_b", true)
                .containsEntry("_t", 1_000_000L)
                .containsEntry("_s", "1970-01-02")
                .containsEntry("_i", 7L)
                .doesNotContainKey("_d");
        assertThat(sink.service.rows("products_raw").get(1).values())
                .containsEntry("_f", 2.0)
                .containsEntry("_t", 86_401_000_000L)
                .containsEntry("_s", "1970-01-02T00:00:01Z")
                .containsEntry("_d", 1);
        assertThatThrownBy(() -> sink.task.put(List.of(withHeaders(2, new Object[] {"i", "seven"}))))
                .hasMessageContaining("header 'i' is not of the type int64 of column '_i'");
        sink.restart(RAW);
        assertThatThrownBy(() -> sink.putUntilSettled(withHeaders(3, new Object[] {"b", "maybe"})))
                .hasMessageContaining("header 'b' is not of the type bool of column '_b'");
    }

    /** The type of the first header decides if the table has no such column; after a restart, another record may be the first. */
    @Test
    void headerWithoutATypeHasThatOfTheColumn() {
        sink.properties.put("header.columns", "n:_n");
        sink.start(RAW);
        sink.putUntilSettled(withHeaders(0, new Object[] {"n", 7L}));
        sink.restart(RAW);
        sink.putUntilSettled(withHeaders(1, new Object[] {"other", 1L}), withHeaders(2, new Object[] {"n", "8"}));

        assertThat(sink.service.rows("products_raw").get(0).values()).containsEntry("_n", 7L);
        assertThat(sink.service.rows("products_raw").get(1).values()).doesNotContainKey("_n");
        assertThat(sink.service.rows("products_raw").get(2).values()).containsEntry("_n", 8L);
    }

    @Test
    void headersAndTheTimestampBecomeColumns() {
        sink.properties.put("header.columns", "s3.key:_s3_key,csv.row:_csv_row,file.date:_file_date:date");
        sink.properties.put("timestamp.column", "_time");
        sink.start(RAW);
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("s3.key", "catalog/a.csv");
        headers.addLong("csv.row", 12);
        headers.addString("file.date", "1970-01-03");
        sink.putUntilSettled(new SinkRecord(
                "products.raw", 0, null, "k", PRODUCT, product("HP"), 0, 5L, TimestampType.CREATE_TIME, headers));

        assertThat(sink.service.column("products_raw", "_s3_key")).containsExactly("catalog/a.csv");
        assertThat(sink.service.column("products_raw", "_csv_row")).containsExactly(12L);
        assertThat(sink.service.column("products_raw", "_file_date")).containsExactly(2);
        assertThat(sink.service.column("products_raw", "_time")).containsExactly(5_000L);
    }

    @Test
    void datesAndTimestampsAreThoseOfTheirOwnRecord() {
        sink.properties.put("header.columns", "at:_at:timestamp,on:_on:date,also:_also:date");
        sink.start(RAW);
        sink.putUntilSettled(
                withHeaders(0, new Object[] {"on", "1970-01-02", "also", "1970-01-05"}),
                withHeaders(1, new Object[] {"on", "1970-01-02", "also", "1970-01-02"}),
                withHeaders(2, new Object[] {"on", "1970-01-03"}),
                withHeaders(3, new Object[] {"on", "1970-01-02", "also", "1970-01-03"}),
                withHeaders(4, new Object[] {"at", "1970-01-01T00:00:01Z"}),
                withHeaders(5, new Object[] {"at", "1970-01-01T00:00:02Z"}),
                withHeaders(6, new Object[] {"at", "1970-01-01T00:00:01Z"}));

        assertThat(sink.service.rows("products_raw"))
                .extracting(row -> row.values().get("_on"))
                .containsExactly(1, 1, 2, 1, null, null, null);
        assertThat(sink.service.rows("products_raw"))
                .extracting(row -> row.values().get("_also"))
                .containsExactly(4, 1, null, 2, null, null, null);
        assertThat(sink.service.rows("products_raw"))
                .extracting(row -> row.values().get("_at"))
                .containsExactly(null, null, null, null, 1_000_000L, 2_000_000L, 1_000_000L);
    }
}
