package io.catalogconnect.s3csv;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads the object of a {@link GeneratedObjectServer} in a separate process, and prints the free heap at intervals. */
final class HugeObjectReader {

    private HugeObjectReader() {}

    /**
     * Reads to the end.
     *
     * @param arguments the server's endpoint, how many rows there are, and after how many the heap is looked at
     */
    public static void main(String[] arguments) throws InterruptedException {
        long rows = Long.parseLong(arguments[1]);
        long step = Long.parseLong(arguments[2]);
        S3CsvSourceTask task = new S3CsvSourceTask();
        task.initialize(new FakeWorker(true));
        task.start(Map.of(
                "s3.bucket", "catalog",
                "s3.endpoint", arguments[0],
                "s3.path.style", "true",
                "s3.credentials", "anonymous",
                "topic", "raw",
                "copy.topics", "team-a",
                "columns", "brand:string,category_id:int64,comment:string?",
                "object.end.markers", "true",
                "s3.retry.backoff.ms", "0",
                "poll.interval.ms", "1"));
        long next = GeneratedObjectServer.FIRST_ID;
        long end = next + rows;
        boolean ended = false;
        while (!ended) {
            List<SourceRecord> batch = task.poll();
            for (SourceRecord record : batch == null ? List.<SourceRecord>of() : batch) {
                if (record.value() == null) {
                    ended = record.topic().equals("raw");
                } else if (record.topic().equals("raw")) {
                    long id = ((Struct) record.value()).getInt64("category_id");
                    if (id != next) {
                        throw new IllegalStateException("Row " + id + " came where " + next + " should");
                    }
                    next++;
                    if ((next - GeneratedObjectServer.FIRST_ID) % step == 0) {
                        System.out.println("heap " + usedAfterCollection());
                    }
                }
            }
        }
        if (next != end) {
            throw new IllegalStateException("The object ended at row " + next + " of " + end);
        }
        task.stop();
        System.out.println("rows " + rows);
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
