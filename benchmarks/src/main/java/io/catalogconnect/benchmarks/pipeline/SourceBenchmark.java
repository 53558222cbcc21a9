package io.catalogconnect.benchmarks.pipeline;

import io.catalogconnect.benchmarks.catalog.CatalogBlock;
import io.catalogconnect.benchmarks.duel.Duel;
import io.catalogconnect.benchmarks.duel.Figure;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One task of {@code s3-csv-source}, as it ships but for the rules, reads an object from the S3 server on loopback; the
 * baseline emits the same records, to the byte, from memory. Rows a second by the broker's clock, from the first record to the
 * last one.
 */
public final class SourceBenchmark {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
    private static final Set<String> COMMON_HEADERS =
            Set.of("s3.bucket", "s3.key", "s3.etag", "s3.last.modified", "file.date");

    private final BenchmarkStack stack;
    private final TopicContent.Reader reader;
    private final Path rowFile;
    private final int repeat;
    private int runs;
    private long checksum;
    private Map<String, String> headers = Map.of();

    private SourceBenchmark(BenchmarkStack stack, TopicContent.Reader reader, Path rowFile, int repeat) {
        this.stack = stack;
        this.reader = reader;
        this.rowFile = rowFile;
        this.repeat = repeat;
    }

    /**
     * Runs the benchmark on a separate stack.
     *
     * @param home the project's folder, built
     * @param rows approximate number of rows per run
     */
    public static Figure run(Path home, int rows, int rounds, Consumer<String> progress) throws Exception {
        try (BenchmarkStack stack = BenchmarkStack.start(home, progress);
                TopicContent.Reader reader =
                        new TopicContent.Reader(stack.stack().endpoints().kafka())) {
            SourceBenchmark benchmark = prepare(stack, reader, rows, progress);
            Duel.Outcome outcome =
                    new Duel("rows/s", 1, progress).run(rounds, benchmark::fromS3, benchmark::fromMemory);
            return new Figure(
                    "s3-csv-source, one task", "source from memory", "rows/s", outcome, "ratio of 0.6 or more");
        }
    }

    /** Compares the source with another one that reads the same object, or the same file on this machine. */
    static Figure runPeer(BenchmarkStack stack, Peer peer, int rows, int rounds, Consumer<String> progress)
            throws Exception {
        try (TopicContent.Reader reader =
                new TopicContent.Reader(stack.stack().endpoints().kafka())) {
            SourceBenchmark benchmark = prepare(stack, reader, rows, progress);
            Duel.Outcome outcome =
                    new Duel("rows/s", 1, progress).run(rounds, benchmark::fromS3, () -> benchmark.fromPeer(peer));
            return new Figure("s3-csv-source", peer.connectorClass(), "rows/s", outcome, "");
        }
    }

    /** Writes the file and delivers it to the bucket. */
    private static SourceBenchmark prepare(
            BenchmarkStack stack, TopicContent.Reader reader, int rows, Consumer<String> progress) throws Exception {
        int repeat = Math.max(1, rows / CatalogBlock.ROWS);
        CatalogBlock block = CatalogBlock.generate();
        Path csv = stack.folder().resolve("products.csv");
        block.writeCsv(csv, repeat);
        stack.stack().bucket().deliver(csv, DATE);
        Path rowFile = stack.folder().resolve("products.rows");
        block.writeRowFile(rowFile);
        progress.accept(
                "%,d rows a run, %,d bytes of CSV each".formatted(repeat * CatalogBlock.ROWS, block.bytesPerRow()));
        return new SourceBenchmark(stack, reader, rowFile, repeat);
    }

    private double fromS3() throws Exception {
        String topic = "s3-" + ++runs;
        Map<String, String> config = stack.shipped("catalog-source");
        config.keySet()
                .removeIf(key ->
                        key.startsWith("transforms") || key.equals("copy.topics") || key.equals("object.events.topic"));
        config.put("topic", topic);
        TopicContent content = measure(topic, config);
        headers = content.firstHeaders();
        checkIdentical(content);
        return rate(content);
    }

    /** The other source may have a record for the line of the titles too. */
    private double fromPeer(Peer peer) throws Exception {
        String topic = "peer-" + ++runs;
        return rate(measure(topic, peer.config(topic, stack.folder().resolve("products.csv"))));
    }

    private double fromMemory() throws Exception {
        String topic = "memory-" + ++runs;
        Map<String, String> common = new HashMap<>(headers);
        common.keySet().retainAll(COMMON_HEADERS);
        TopicContent content = measure(topic, stack.memorySource(topic, rowFile, repeat, common));
        checkIdentical(content);
        return rate(content);
    }

    private TopicContent measure(String topic, Map<String, String> config) throws Exception {
        long rows = (long) repeat * CatalogBlock.ROWS;
        stack.createTopic(topic);
        stack.deploy(topic, config);
        stack.await(rows + " records in " + topic, () -> {
            stack.checkedStatus(topic);
            return reader.end(topic) >= rows;
        });
        // The markers of transactions count among the first, so the last records may still be on their way.
        TopicContent[] content = {reader.read(topic)};
        stack.await("the last record in " + topic, () -> {
            if (content[0].records() < rows) {
                content[0] = reader.read(topic);
            }
            return content[0].records() >= rows;
        });
        stack.delete(topic);
        stack.deleteTopic(topic);
        return content[0];
    }

    /** The source and the source from memory emit the same records, byte by byte. */
    private void checkIdentical(TopicContent content) {
        long rows = (long) repeat * CatalogBlock.ROWS;
        if (content.records() != rows) {
            throw new IllegalStateException("The topic holds " + content.records() + " records instead of " + rows);
        }
        if (checksum != 0 && checksum != content.checksum()) {
            throw new IllegalStateException(
                    "The source and its baseline do not emit the same records. The headers of the first: " + headers
                            + " and " + content.firstHeaders());
        }
        checksum = content.checksum();
    }

    private static double rate(TopicContent content) {
        return content.records() * 1_000.0 / content.millis();
    }
}
