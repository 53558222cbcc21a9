package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.TableConstraints;
import io.catalogconnect.localbigquery.fault.Effect;
import io.catalogconnect.localbigquery.fault.ErrorCode;
import io.catalogconnect.localbigquery.fault.FaultRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code write.mode=upsert} with Google's clients against local-bigquery. */
final class UpsertIT {

    private static final TopicPartition ITEMS = new TopicPartition("items", 0);
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema ITEM = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .build();
    private static final Schema WIDER_ITEM = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("more", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final LocalSink sink;
    private final LocalDataset dataset;

    UpsertIT(@TempDir Path folder) {
        sink = new LocalSink(folder);
        dataset = sink.dataset;
    }

    @BeforeEach
    void configure() {
        sink.properties.putAll(Map.of("write.mode", "upsert", "partition.type", "none", "append.max.rows", "7"));
        sink.properties.remove("partition.field");
        sink.properties.remove("clustering.fields");
    }

    @AfterEach
    void stopEverything() {
        sink.close();
    }

    private static SinkRecord item(long offset, long id, @Nullable String name) {
        return item(
                offset,
                id,
                ITEM,
                name == null ? null : new Struct(ITEM).put("id", id).put("name", name));
    }

    private static SinkRecord item(long offset, long id, Schema schema, @Nullable Struct value) {
        return new SinkRecord(
                ITEMS.topic(),
                ITEMS.partition(),
                KEY,
                new Struct(KEY).put("id", id),
                value == null ? null : schema,
                value,
                offset,
                1_700_000_000_000L + offset,
                TimestampType.CREATE_TIME);
    }

    /** A change of one of 30 items; every ninth is a deletion. */
    private static SinkRecord change(int offset) {
        return item(offset, offset * 7 % 30, offset % 9 == 8 ? null : "n" + offset);
    }

    private String shown() {
        return dataset.text("SELECT IFNULL(STRING_AGG(CONCAT(CAST(id AS STRING), name), ' ' ORDER BY id), 'nothing')"
                + " FROM catalog.items");
    }

    @Test
    void tableShowsTheNewestRowOfEachKeyAlsoAfterRedelivery() {
        sink.properties.put("upsert.max.staleness.ms", "600000");
        BigQueryPartitionSinkTask task = sink.start(ITEMS);
        List<SinkRecord> changes = List.of(
                item(0, 9, null),
                item(1, 1, "a"),
                item(2, 2, "b"),
                item(3, 1, "c"),
                item(4, 3, "d"),
                item(5, 2, null),
                item(6, 4, "e"),
                item(7, 4, null),
                item(8, 4, "f"),
                item(9, 5, "g"));
        sink.putUntilSettled(task, changes);
        assertThat(shown()).isEqualTo("1c 3d 4f 5g");
        assertThat(sink.context.timeouts).isEmpty();

        BigQueryPartitionSinkTask next = sink.start(ITEMS);
        sink.putUntilSettled(next, changes.subList(0, 7));
        sink.putUntilSettled(next, List.of(item(10, 5, null)));
        assertThat(shown()).isEqualTo("1c 3d 4f");
        TableConstraints constraints =
                Objects.requireNonNull(dataset.info("items").getTableConstraints());
        assertThat(Objects.requireNonNull(constraints.getPrimaryKey()).getColumns())
                .containsExactly("id");
        assertThat(dataset.clustering("items")).containsExactly("id");
    }

    @Test
    void tombstonesOfAMissingTableAreSettledAndCreateNoTable() {
        BigQueryPartitionSinkTask task = sink.start(ITEMS);
        sink.putUntilSettled(task, List.of(item(0, 1, null), item(1, 2, null)));
        assertThat(task.preCommit(SinkTaskFixture.offsets(ITEMS, 2))).isEqualTo(SinkTaskFixture.offsets(ITEMS, 2));
        assertThatThrownBy(() -> dataset.info("items")).hasMessage("items");
    }

    @Test
    void tombstoneBeforeAnyOtherRecordOfATaskDeletesItsRow() {
        sink.putUntilSettled(sink.start(ITEMS), List.of(item(0, 1, "a"), item(1, 2, "b")));
        sink.putUntilSettled(sink.start(ITEMS), List.of(item(2, 1, null)));
        assertThat(shown()).isEqualTo("2b");
    }

    @Test
    void newColumnIsAddedAndOlderRowsKeepTheirValues() {
        sink.properties.put("schema.evolution", "add");
        BigQueryPartitionSinkTask task = sink.start(ITEMS);
        sink.putUntilSettled(task, List.of(item(0, 1, "a"), item(1, 2, "b")));
        Struct wider = new Struct(WIDER_ITEM).put("id", 2L).put("name", "c").put("more", "x");
        sink.putUntilSettled(task, List.of(item(2, 2, WIDER_ITEM, wider), item(3, 1, null)));
        assertThat(shown()).isEqualTo("2c");
    }

    @Test
    void tableWithoutThePrimaryKeyFailsTheTaskAndTheMessageNamesTheFix() {
        dataset.change("CREATE TABLE catalog.items (id INT64 NOT NULL, name STRING, _kafka_topic STRING NOT NULL,"
                + " _kafka_partition INT64 NOT NULL, _kafka_offset INT64 NOT NULL, _kafka_timestamp TIMESTAMP)");
        assertThatThrownBy(() -> sink.putUntilSettled(sink.start(ITEMS), List.of(item(0, 1, "a"))))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(
                        "table items has no primary key, which write.mode=upsert requires. Add it with ALTER"
                                + " TABLE items ADD PRIMARY KEY (id) NOT ENFORCED, after removing rows with equal keys, then"
                                + " restart the task.");
        dataset.change("ALTER TABLE catalog.items ADD PRIMARY KEY (id) NOT ENFORCED");
        sink.putUntilSettled(sink.start(ITEMS), List.of(item(0, 1, "a")));
        assertThat(shown()).isEqualTo("1a");
    }

    @Test
    void tableEqualsTheLastStateOfEachKeyWhicheverFaultOccurs() {
        sink.properties.put("append.timeout.ms", "1000");
        sink.properties.put("append.max.rows", "20");
        BigQueryPartitionSinkTask task = sink.start(ITEMS);
        int offset = 0;
        for (FaultRule fault : List.of(
                FaultRule.error(ErrorCode.UNAVAILABLE)
                        .onMethod("AppendRows")
                        .after(1)
                        .times(2),
                FaultRule.error(ErrorCode.ABORTED)
                        .onMethod("AppendRows")
                        .after(1)
                        .times(2),
                FaultRule.error(ErrorCode.RESOURCE_EXHAUSTED)
                        .onMethod("AppendRows")
                        .after(1)
                        .times(2),
                FaultRule.of(Effect.DROP_ANSWER).onMethod("AppendRows").after(2).times(3),
                FaultRule.of(Effect.DROP_REQUEST)
                        .onMethod("AppendRows")
                        .after(2)
                        .times(3),
                FaultRule.of(Effect.HANG).onMethod("AppendRows").after(3))) {
            dataset.server().faults().add(fault);
            for (int end = offset + 200; offset < end; offset++) {
                task.put(List.of(change(offset)));
            }
            sink.awaitSettled(task);
            assertThat(dataset.server().faults().rules().stream().allMatch(rule -> rule.count() < fault.count()))
                    .as("%s occurred", fault)
                    .isTrue();
            dataset.server().faults().clear();
        }
        // As by a task that lost its partition and whose appends arrive late.
        sink.putUntilSettled(
                sink.start(ITEMS),
                IntStream.range(0, 300).mapToObj(UpsertIT::change).toList());

        StringBuilder expected = new StringBuilder();
        for (int id = 0; id < 30; id++) {
            int last = offset - 1;
            while (last * 7 % 30 != id) {
                last--;
            }
            if (last % 9 != 8) {
                expected.append(expected.isEmpty() ? "" : " ")
                        .append(id)
                        .append("n")
                        .append(last);
            }
        }
        Awaitility.await()
                .atMost(LocalSink.PATIENCE)
                .untilAsserted(() -> assertThat(shown()).isEqualTo(expected.toString()));
    }
}
