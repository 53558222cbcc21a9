package io.catalogconnect.bigquery.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.replace.ObjectName;
import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.record.Provenance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract with s3-csv-source: this sink reads the headers that the source's own class makes, as they are and after
 * Connect's header converter changed their types.
 */
final class SourceContractTest {

    private static final LocalDate DATE = LocalDate.parse("2026-11-02");
    private static final Instant MODIFIED = Instant.parse("2026-11-02T10:00:00Z");
    private static final Provenance SOURCE =
            new Provenance(new ObjectRef("catalog", "dt=2026-11-02/a.csv", "etag-1", 123, MODIFIED), DATE, Map.of());

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sinkReadsTheEndMarkerOfTheSource(boolean converted) {
        SinkRecord marker = record(headers(SOURCE.headersOfEnd(5, 2), converted));

        assertThat(EndMarker.is(marker)).isTrue();
        assertThat(EndMarker.version(marker, date -> UnitKey.ofDay("products", date)))
                .isEqualTo(new ObjectVersion(
                        UnitKey.ofDay("products", DATE),
                        DATE,
                        new ObjectName("catalog", "dt=2026-11-02/a.csv"),
                        "etag-1",
                        MODIFIED,
                        "products.raw",
                        3,
                        42,
                        5,
                        2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sinkReadsTheObjectOfARowOfTheSource(boolean converted) {
        SinkRecord row = record(headers(SOURCE.headers(4, 100), converted));
        HeaderColumns columns = new HeaderColumns(List.of(), "").withObjectColumns();
        List<ExtraColumn> extras = columns.columns(row);

        assertThat(EndMarker.is(row)).isFalse();
        assertThat(extras)
                .extracting(ExtraColumn::name)
                .containsExactly(
                        "_object_bucket",
                        "_object_key",
                        "_object_etag",
                        "_object_modified",
                        "_object_row",
                        "_object_date");
        assertThat(columns.values(row, extras))
                .containsExactly(
                        "catalog",
                        "dt=2026-11-02/a.csv",
                        "etag-1",
                        MODIFIED.toEpochMilli() * 1_000,
                        4L,
                        DATE.toEpochDay());
    }

    @Test
    void everyHeaderThatTheSinkReadsIsSentByTheSource() {
        List<String> ofMarkers = names(SOURCE.headersOfEnd(5, 2));
        List<String> ofRows = names(SOURCE.headers(4, 100));

        assertThat(RecordHeaders.ALL).isNotEmpty().allSatisfy(header -> {
            boolean onMarkers = header.on() != RecordHeaders.On.ROWS;
            boolean onRows = header.on() != RecordHeaders.On.END_MARKERS;
            assertThat(ofMarkers.contains(header.name()))
                    .as("end marker has %s", header.name())
                    .isEqualTo(onMarkers);
            assertThat(ofRows.contains(header.name()))
                    .as("row has %s", header.name())
                    .isEqualTo(onRows);
        });
    }

    private static List<String> names(ConnectHeaders headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(Header::key)
                .collect(Collectors.toList());
    }

    /** The headers as a sink receives them. */
    private static ConnectHeaders headers(ConnectHeaders sent, boolean converted) {
        if (!converted) {
            return sent;
        }
        HeaderConverter converter = new SimpleHeaderConverter();
        ConnectHeaders received = new ConnectHeaders();
        for (Header header : sent) {
            byte[] bytes = converter.fromConnectHeader("products.raw", header.key(), header.schema(), header.value());
            SchemaAndValue back = converter.toConnectHeader("products.raw", header.key(), bytes);
            received.add(header.key(), back);
        }
        return received;
    }

    private static SinkRecord record(ConnectHeaders headers) {
        return new SinkRecord(
                "products.raw", 3, null, null, null, null, 42, null, TimestampType.NO_TIMESTAMP_TYPE, headers);
    }
}
