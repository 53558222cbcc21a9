package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Treatment of malformed rows. Limits for malformed rows in one object are in {@link DamagedObjectsTest}. */
class MalformedRowsTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Catalog.properties();
    private final Polling polling = new Polling(store, properties);

    @Test
    void malformedRowFailsTheTaskAfterTheBatchesBeforeIt() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\nHP,n/a,\nHP,3,\n");
        S3CsvSourceTask task = polling.task();

        List<SourceRecord> records = Polling.poll(task);

        assertThat(Polling.ids(records)).containsExactly(1L);
        polling.worker().deliver(records);
        polling.worker().commit();
        String message =
                "Row 2 of s3://catalog/catalog/a.csv (byte 32): category_id is a text of 3 characters, not an int64 (null.values"
                        + " names the texts that are null). Correct the file and upload it again, or set bad.rows=skip to leave such rows out or bad.rows=topic to send them"
                        + " to bad.rows.topic";
        assertThatThrownBy(task::poll).isInstanceOf(ConnectException.class).hasMessage(message);
        S3CsvSourceTask restarted = polling.task();
        assertThatThrownBy(restarted::poll).isInstanceOf(ConnectException.class).hasMessage(message);
        assertThat(polling.worker().stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset)
                        .containsEntry("row", 1L)
                        .containsEntry("byte", 32L)
                        .containsEntry("st", "open"));
    }

    @Test
    void objectThatEndsWithMalformedRowsIsDone() throws InterruptedException {
        properties.put("bad.rows", "skip");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,x,\nHP,1,\nHP\nHP,3,\n\"open,4\n");
        List<SourceRecord> records = Polling.poll(polling.task());
        polling.worker().deliver(records);
        polling.worker().commit();

        assertThat(Polling.ids(records)).containsExactly(1L, 3L);
        assertThat(polling.worker().stored().values())
                .singleElement()
                .satisfies(offset -> assertThat(offset).containsEntry("row", 5L).containsEntry("st", "done"));
    }

    @Test
    void malformedRowsAreSentToTheirTopicWithBytesAndReason() throws InterruptedException {
        properties.put("bad.rows", "topic");
        properties.put("bad.rows.topic", "rejects");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n\"HP\",n/a,\"é\"\r\nHP,3,\nlast,x,");

        List<SourceRecord> records = Polling.poll(polling.task());

        List<SourceRecord> rejects = records.stream()
                .filter(record -> record.topic().equals("rejects"))
                .toList();
        assertThat(rejects).hasSize(2);
        assertThat((byte[]) rejects.get(0).value()).asString().isEqualTo("\"HP\",n/a,\"é\"\r\n");
        assertThat(rejects.get(0).headers().lastWithName("csv.reason").value())
                .isEqualTo(
                        "Row 2 of s3://catalog/catalog/a.csv (byte 32): category_id is a text of 3 characters, not an int64 (null.values names the texts that are null)");
        assertThat(rejects.get(0).headers().lastWithName("csv.column").value()).isEqualTo("category_id");
        assertThat((byte[]) rejects.get(1).value()).asString().isEqualTo("last,x,");
        assertThat(Catalog.offset(rejects.get(1))).containsEntry("st", "done").containsEntry("row", 4L);
    }

    @Test
    void moreMalformedRowsThanAllowedFailTheTask() {
        properties.put("bad.rows", "skip");
        properties.put("bad.rows.max", "1");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,x,\nHP,y,\nHP,3,\n");
        S3CsvSourceTask task = polling.task();

        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "Row 2 of s3://catalog/catalog/a.csv (byte 32): category_id is a text of 1 character, not an int64, and the"
                                + " object has more than 1 malformed rows, the limit of bad.rows.max. Each of them has the same problem,"
                                + " so that the configuration may not fit the file: check csv.delimiter, csv.header and"
                                + " columns. Correct the file and upload it again");
    }

    @Test
    void textOfAMalformedCellIsShownOnlyIfToldSo() {
        properties.put("bad.rows.show.cells", "true");
        store.put("catalog/a.csv", Catalog.HEADER + "HP,\"1\n2\",\n");

        assertThatThrownBy(polling.task()::poll)
                .hasMessageStartingWith(
                        "Row 1 of s3://catalog/catalog/a.csv (byte 26): category_id is '1\\n2', not an int64 (character 2 of it is \\n).");
    }

    /** The producer would refuse it, and the task would fail whatever bad.rows says. */
    @ParameterizedTest
    @CsvSource({"skip, ''", "topic, ''", "topic, 3000000", "skip, 3000000"})
    void rowThatTheProducerCannotSendIsMalformed(String action, String limit) throws InterruptedException {
        properties.put("bad.rows", action);
        properties.put("bad.rows.topic", "rejects");
        if (!limit.isEmpty()) {
            properties.put("producer.override.max.request.size", limit);
        }
        String large = "HP,1," + "x".repeat(1_500_000) + "\n";
        store.put("catalog/a.csv", Catalog.HEADER + large + "HP,2,b\n");

        List<SourceRecord> records = polling.all();

        assertThat(Polling.ids(records)).isEqualTo(limit.isEmpty() ? List.of(2L) : List.of(1L, 2L));
        List<SourceRecord> rejects = records.stream()
                .filter(record -> record.topic().equals("rejects"))
                .toList();
        assertThat(rejects)
                .hasSize(limit.isEmpty() && action.equals("topic") ? 1 : 0)
                .allSatisfy(record -> {
                    assertThat((byte[]) record.value()).hasSizeBetween(1_000_000, 1_048_576);
                    assertThat(record.headers().lastWithName("csv.reason").value())
                            .isEqualTo("Row 1 of s3://catalog/catalog/a.csv (byte 26): it has 1500006 bytes, which"
                                    + " csv.max.record.bytes allows, but the producer sends requests of up to 1048576 bytes. Raise"
                                    + " producer.override.max.request.size for larger rows");
                });
    }
}
