package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An object is never in memory as a whole: what stays in the heap does not grow with what was read. */
class HugeObjectIT {

    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    @Tag("soak")
    void fiveGigabytesAreReadWithAHeapOf256MebibytesThatStaysFlat() throws Exception {
        readWithAHeapOf256Mebibytes(5_100_000, 200_000, 700_000_000);
    }

    @Test
    void twentyMegabytesAreReadWithTheSameHeap() throws Exception {
        readWithAHeapOf256Mebibytes(20_000, 2_000, 7_000_000);
    }

    private static void readWithAHeapOf256Mebibytes(long rows, long step, long bytesOfConnection) throws Exception {
        try (GeneratedObjectServer server = new GeneratedObjectServer(rows, bytesOfConnection)) {
            List<String> lines = read(server.endpoint(), rows, step);

            LongSummaryStatistics heap = lines.stream()
                    .filter(line -> line.startsWith("heap "))
                    .mapToLong(line -> Long.parseLong(line.substring("heap ".length())))
                    .summaryStatistics();
            System.out.printf(
                    "%,d bytes, %,d rows, %d connections: heap after collection %.1f to %.1f MiB, %d times looked at%n",
                    server.size(),
                    rows,
                    server.gets(),
                    (double) heap.getMin() / MEBIBYTE,
                    (double) heap.getMax() / MEBIBYTE,
                    heap.getCount());
            assertThat(lines).endsWith("rows " + rows);
            assertThat(heap.getCount()).isEqualTo(rows / step);
            assertThat(heap.getMax() - heap.getMin()).isLessThan(16 * MEBIBYTE);
            assertThat(server.gets()).isEqualTo((int) ((server.size() + bytesOfConnection - 1) / bytesOfConnection));
        }
    }

    private static List<String> read(String endpoint, long rows, long step) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HugeObjectReader.class.getName(),
                        endpoint,
                        Long.toString(rows),
                        Long.toString(step))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Stream<String> output = process.inputReader(UTF_8).lines()) {
            List<String> lines = output.toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
