package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An object with too many malformed rows is damaged. */
class DamagedObjectsTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "columns", "brand:string,category_id:int64",
            "bad.rows", "skip",
            "bad.rows.max.ratio", "0.5",
            "bad.rows.max.ratio.from", "4",
            "object.end.markers", "true",
            "poll.interval.ms", "1"));
    private final Polling polling = new Polling(store, properties);

    @Test
    void malformedRowThatExceedsTheShareFailsTheObjectAfterTheBatchesBeforeIt() throws InterruptedException {
        properties.put("batch.max.rows", "2");
        store.put("a.csv", "brand,category_id\nHP,1\nHP,x\nHP,x\nHP,2\nHP,x\nHP,3\nHP,4\nHP,5\n");
        S3CsvSourceTask task = polling.task();

        assertThat(Polling.ids(Polling.poll(task))).containsExactly(1L, 2L);
        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage(
                        "Row 5 of s3://catalog/a.csv (byte 38): category_id is a text of 1 character, not an int64, and 3 of 5 rows"
                                + " are malformed, more than bad.rows.max.ratio=0.5 allows. Correct the file and upload it again");
    }

    @Test
    void shareOfMalformedRowsOfAShortObjectIsCheckedAtItsEnd() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("a.csv", "brand,category_id\nHP,1\nHP,x\nHP,x\nHP,2\nHP,x\n");
        properties.put("bad.rows.max.ratio.from", "100");
        S3CsvSourceTask task = polling.task();

        List<SourceRecord> records = new ArrayList<>(Polling.poll(task));
        records.addAll(Polling.poll(task));

        assertThat(Polling.ids(records)).containsExactly(1L, 2L);
        assertThat(records).hasSize(2);
        assertThat(records.get(1).sourceOffset().get("st")).isEqualTo("open");
        String message =
                "s3://catalog/a.csv: 3 of 5 rows are malformed, more than bad.rows.max.ratio=0.5 allows. Correct the"
                        + " file and upload it again";
        assertThatThrownBy(task::poll).isInstanceOf(ConnectException.class).hasMessage(message);
        polling.worker().deliver(records);
        polling.worker().commit();
        S3CsvSourceTask restarted = polling.task();
        assertThatThrownBy(restarted::poll).isInstanceOf(ConnectException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "x1, 0.5, true",
        "x1, 0.49, false",
        "1, 0, true",
        "1x, 0, false",
        "xxxx, 1, true",
        "xx12, 0.5, true",
        "1x2x3x4x, 0.5, true",
        "12xx3x4x, 0.5, true",
        "1xx2x3, 0.5, false",
        "'', 0, true"
    })
    void fileIsReadIfItHasNoMoreMalformedRowsThanAllowed(String rows, String ratio, boolean whole)
            throws InterruptedException {
        properties.put("bad.rows.max.ratio", ratio);
        properties.put("bad.objects", "skip");
        StringBuilder text = new StringBuilder("brand,category_id\n");
        rows.chars().forEach(row -> text.append("HP,").append((char) row).append('\n'));
        store.put("a.csv", text.toString());

        assertThat(polling.all().stream().anyMatch(record -> record.value() == null))
                .isEqualTo(whole);
    }

    @Test
    void rowsBeforeARestartAreCounted() throws InterruptedException {
        properties.put("batch.max.rows", "1");
        store.put("a.csv", "brand,category_id\nHP,x\nHP,x\nHP,1\nHP,2\nHP,x\nHP,3\n");
        S3CsvSourceTask first = polling.task();
        List<SourceRecord> records = new ArrayList<>(Polling.poll(first));
        polling.worker().deliver(records);
        polling.worker().commit();
        S3CsvSourceTask second = polling.task();

        assertThat(Polling.ids(Polling.poll(second))).containsExactly(2L);
        assertThatThrownBy(second::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("and 3 of 5 rows are malformed");
    }
}
