package io.catalogconnect.benchmarks.scale;

import io.catalogconnect.bigquery.BigQueryPartitionSinkTask;
import io.catalogconnect.bigquery.record.RecordHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The tasks of one connector, each called by a thread as by a worker. A lane is a topic partition here: each topic has a table. */
final class ScaleTasks implements AutoCloseable {

    private static final int POLLED_RECORDS = 500;
    /** The sink asks for calls at this interval while it writes. */
    private static final long POLL_NANOS = 20_000_000;
    /** A worker commits less often, but each commit here tells whether all records are written. */
    private static final int POLLS_PER_COMMIT = 5;

    private static final int PARTITIONS = 100;
    private static final long RECORD_TIME =
            Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

    private record Member(BigQueryPartitionSinkTask task, LoopContext context, List<TopicPartition> partitions) {}

    private final List<Member> members = new ArrayList<>();
    private final ExecutorService threads;
    private final int lanes;
    private final SinkRows rows;

    /**
     * Starts the tasks.
     *
     * @param shift moves the partitions to other tasks than those of another shift
     */
    ScaleTasks(ScaleServer server, String name, int lanes, int tasks, int shift) {
        this(server, name, lanes, tasks, shift, Map.of(), SinkRows.CATALOGUE);
    }

    /** Starts the tasks with further settings, and other rows. */
    ScaleTasks(
            ScaleServer server,
            String name,
            int lanes,
            int tasks,
            int shift,
            Map<String, String> furtherProperties,
            SinkRows rows) {
        this.lanes = lanes;
        this.rows = rows;
        threads = Executors.newFixedThreadPool(tasks);
        Map<String, String> properties = new HashMap<>(server.sinkProperties());
        properties.put("name", name);
        properties.put("topics", String.join(",", topics(name, lanes)));
        properties.put("tasks.max", Integer.toString(tasks));
        properties.put("partition.field", "catalog_date");
        properties.put("registry.table", "_catalog_connect_" + name);
        properties.putAll(furtherProperties);
        for (int i = 0; i < tasks; i++) {
            Member member = new Member(new BigQueryPartitionSinkTask(), new LoopContext(), new ArrayList<>());
            for (int lane = 0; lane < lanes; lane++) {
                if ((lane + shift) % tasks == i) {
                    member.partitions().add(partition(name, lane));
                }
            }
            member.task().initialize(member.context());
            member.task().start(properties);
            member.task().open(member.partitions());
            members.add(member);
        }
    }

    private static Set<String> topics(String name, int lanes) {
        Set<String> topics = new TreeSet<>();
        for (int lane = 0; lane < lanes; lane++) {
            topics.add(partition(name, lane).topic());
        }
        return topics;
    }

    private static TopicPartition partition(String name, int lane) {
        return new TopicPartition(name + "_" + lane / PARTITIONS, lane % PARTITIONS);
    }

    /** The table of the first hundred lanes. */
    String table() {
        return members.get(0).partitions().get(0).topic();
    }

    /** Writes records to each lane, from an offset, and returns the seconds until all are acknowledged. */
    double write(long from, int perLane, int dates) throws Exception {
        return measure(member -> write(member, from, perLane, dates));
    }

    /**
     * Writes an object with one row for each date, and returns the seconds until all are published. The objects are those of
     * the lanes in turn.
     */
    double publish(int dates) throws Exception {
        return measure(member -> publish(member, dates));
    }

    private double measure(Consumer<Member> work) throws Exception {
        long begin = System.nanoTime();
        List<Future<Boolean>> running = new ArrayList<>();
        for (Member member : members) {
            running.add(threads.submit(() -> {
                work.accept(member);
                return true;
            }));
        }
        for (Future<Boolean> each : running) {
            each.get();
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void write(Member member, long from, int perLane, int dates) {
        List<SinkRecord> polled = new ArrayList<>(POLLED_RECORDS);
        for (int done = 0; done < perLane; done += POLLED_RECORDS) {
            for (TopicPartition partition : member.partitions()) {
                for (int i = done; i < Math.min(perLane, done + POLLED_RECORDS); i++) {
                    long offset = from + i;
                    polled.add(row(partition, offset, (offset + partition.partition()) % dates));
                    if (polled.size() == POLLED_RECORDS) {
                        put(member, polled);
                    }
                }
            }
        }
        put(member, polled);
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        member.partitions().forEach(partition -> ends.put(partition, new OffsetAndMetadata(from + perLane)));
        awaitCommitted(member, ends);
    }

    private void publish(Member member, int dates) {
        List<SinkRecord> polled = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        for (TopicPartition partition : member.partitions()) {
            long offset = 0;
            for (int date = partition.partition(); date < dates; date += lanes) {
                SinkRecord row = ofObject(row(partition, offset++, date), date);
                row.headers().addLong(RecordHeaders.ROW.name(), 1);
                SinkRecord end = ofObject(record(partition, offset++, null, null), date);
                end.headers()
                        .addString(RecordHeaders.CONTROL.name(), RecordHeaders.OBJECT_END)
                        .addLong(RecordHeaders.ROWS.name(), 1)
                        .addLong(RecordHeaders.REJECTS.name(), 0);
                polled.add(row);
                polled.add(end);
            }
            ends.put(partition, new OffsetAndMetadata(offset));
        }
        put(member, polled);
        awaitCommitted(member, ends);
    }

    /** Adds the headers of the object of a date. */
    private static SinkRecord ofObject(SinkRecord record, int daysAgo) {
        record.headers()
                .addString(RecordHeaders.BUCKET.name(), "catalog")
                .addString(RecordHeaders.KEY.name(), daysAgo + ".csv")
                .addString(RecordHeaders.ETAG.name(), "etag")
                .addString(RecordHeaders.MODIFIED.name(), "2026-11-01T00:00:00Z")
                .addDate(RecordHeaders.DATE.name(), SinkRows.date(daysAgo));
        return record;
    }

    private static void awaitCommitted(Member member, Map<TopicPartition, OffsetAndMetadata> ends) {
        while (!member.task().preCommit(ends).equals(ends)) {
            for (int i = 0; i < POLLS_PER_COMMIT; i++) {
                idle(member);
            }
        }
    }

    /** Passes records to the task as a worker does: none to a paused task. */
    private static void put(Member member, List<SinkRecord> polled) {
        member.task().put(polled);
        polled.clear();
        while (member.context().isPaused()) {
            idle(member);
        }
    }

    private static void idle(Member member) {
        LockSupport.parkNanos(POLL_NANOS);
        member.task().put(List.of());
    }

    private SinkRecord row(TopicPartition partition, long offset, long daysAgo) {
        Struct row = rows.row(offset, daysAgo);
        return record(partition, offset, row.schema(), row);
    }

    private static SinkRecord record(
            TopicPartition partition, long offset, @Nullable Schema schema, @Nullable Object value) {
        return new SinkRecord(
                partition.topic(),
                partition.partition(),
                null,
                "k",
                schema,
                value,
                offset,
                RECORD_TIME,
                TimestampType.CREATE_TIME);
    }

    @Override
    public void close() {
        members.forEach(member -> member.task().stop());
        threads.shutdownNow();
    }
}
