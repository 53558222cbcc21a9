package io.catalogconnect.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source reads what the server generates; a run that misses a row or the end of an object fails. */
final class SourceRunIT {
    private static final Path CONNECTORS = Path.of("..", "config", "connectors");

    @ParameterizedTest
    @CsvSource({"1, 30000, 10", "2001, 2, 10", "1, 300, 1000"})
    void everyRowOfEveryObjectIsRead(int objects, int rows, int columns) throws Exception {
        try (ObjectServer server = ObjectServer.start()) {
            Cost cost = SourceRun.read(CONNECTORS, server.port(), new GeneratedObjects(objects, rows, columns));
            assertThat(cost.rows()).isEqualTo((long) objects * rows);
            assertThat(cost.cpuSeconds()).isPositive();
            // Each row has a value with an array of its cells.
            assertThat(cost.allocatedBytes()).isGreaterThan(4L * objects * rows * columns);
        }
    }
}
