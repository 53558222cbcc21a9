package io.catalogconnect.bigquery.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.convert.ExistingColumns;
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
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract with s3-csv-source: this sink reads the headers that the source's own class makes, as they are and after
 * a header converter of Connect.
 */
final class SourceContractTest {

    private static final LocalDate DATE = LocalDate.parse("2026-11-02");
    private static final Instant MODIFIED = Instant.parse("2026-11-02T10:00:00Z");
    private static final Provenance SOURCE =
            new Provenance(new ObjectRef("catalog", "dt=2026-11-02/a.csv", "etag-1", 123, MODIFIED), DATE, Map.of());

    /** What converts the headers between the source and the sink. */
    private enum Conversion {
        NONE {
            @Override
            SchemaAndValue received(Header sent) {
                return new SchemaAndValue(sent.schema(), sent.value());
            }
        },
        SIMPLE_HEADER_CONVERTER {
            @Override
            SchemaAndValue received(Header sent) {
                return thereAndBack(new SimpleHeaderConverter(), sent);
            }
        },
        STRING_CONVERTER {
            @Override
            SchemaAndValue received(Header sent) {
                return thereAndBack(new StringConverter(), sent);
            }
        };

        abstract SchemaAndValue received(Header sent);

        private static SchemaAndValue thereAndBack(HeaderConverter converter, Header sent) {
            byte[] bytes = converter.fromConnectHeader("products.raw", sent.key(), sent.schema(), sent.value());
            return converter.toConnectHeader("products.raw", sent.key(), bytes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sinkReadsTheEndMarkerOfTheSource(Conversion conversion) {
        SinkRecord marker = record(headers(SOURCE.headersOfEnd(5, 2), conversion));

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
    @EnumSource
    void sinkReadsTheObjectOfARowOfTheSource(Conversion conversion) {
        SinkRecord row = record(headers(SOURCE.headers(4, 100), conversion));
        HeaderColumns columns = new HeaderColumns(List.of(), "").withObjectColumns();
        List<ExtraColumn> extras = columns.columns(row, ExistingColumns.NONE);

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
    private static ConnectHeaders headers(ConnectHeaders sent, Conversion conversion) {
        ConnectHeaders received = new ConnectHeaders();
        for (Header header : sent) {
            received.add(header.key(), conversion.received(header));
        }
        return received;
    }

    private static SinkRecord record(ConnectHeaders headers) {
        return new SinkRecord(
                "products.raw", 3, null, null, null, null, 42, null, TimestampType.NO_TIMESTAMP_TYPE, headers);
    }
}
