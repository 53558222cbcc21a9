package io.catalogconnect.benchmarks.duel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoredRatiosTest {
    @TempDir
    Path directory;

    /** The earlier rounds have the ratios 2, 3 and 4. */
    @ParameterizedTest
    @CsvSource({
        "rows/s, 3.0, 'ratio 3.00, before 3.00 (2.00 to 4.00)'",
        "rows/s, 2.0, 'ratio 2.00, before 3.00 (2.00 to 4.00)'",
        "rows/s, 1.9, 'ratio 1.90, before 3.00 (2.00 to 4.00): slower'",
        "rows/s, 4.1, 'ratio 4.10, before 3.00 (2.00 to 4.00)'",
        "ns,     4.0, 'ratio 4.00, before 3.00 (2.00 to 4.00)'",
        "ns,     4.1, 'ratio 4.10, before 3.00 (2.00 to 4.00): slower'",
        "ns,     1.9, 'ratio 1.90, before 3.00 (2.00 to 4.00)'",
    })
    void benchmarkIsSlowerIfItsRatioIsWorseThanAllEarlierRounds(String unit, double ratio, String expected)
            throws IOException {
        Path file = directory.resolve("ratios.json");
        StoredRatios.save(file, List.of(figure("sink", unit, 2, 3, 4)));
        Figure now = figure("sink", unit, ratio);

        StoredRatios before = StoredRatios.read(file);

        assertThat(before.compare(List.of(now))).containsExactly("sink / counter: " + expected);
        assertThat(before.isSlower(now)).isEqualTo(expected.endsWith("slower"));
    }

    @Test
    void ratiosOfOtherBenchmarksStayInTheFile() throws IOException {
        Path file = directory.resolve("ratios.json");
        StoredRatios.save(file, List.of(figure("sink", "rows/s", 0.5)));
        StoredRatios.save(file, List.of(figure("source", "rows/s", 0.8)));

        assertThat(StoredRatios.read(file)
                        .compare(List.of(
                                figure("sink", "rows/s", 0.5),
                                figure("source", "rows/s", 0.8),
                                figure("csv", "rows/s", 1))))
                .containsExactly(
                        "sink / counter: ratio 0.50, before 0.50 (0.50 to 0.50)",
                        "source / counter: ratio 0.80, before 0.80 (0.80 to 0.80)",
                        "csv / counter: not in the file");
    }

    @ParameterizedTest
    @CsvSource({
        "'[]', 'is not a file of --save: it is not a JSON object'",
        "'{\"sink / counter\": {\"ratio\": 1}}', 'is not a file of --save: \"sink / counter\" has no number \"lowest\"'",
        "'ratio=1', 'is not JSON: '",
    })
    void otherFilesAreRefused(String content, String expected) throws IOException {
        Path file = Files.writeString(directory.resolve("other.json"), content);

        assertThatThrownBy(() -> StoredRatios.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " " + expected);
    }

    @Test
    void missingFileIsNamed() {
        Path file = directory.resolve("none.json");

        assertThatThrownBy(() -> StoredRatios.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " does not exist");
    }

    private static Figure figure(String name, String unit, double... ratios) {
        List<Double> subject = DoubleStream.of(ratios).boxed().toList();
        List<Double> baseline = subject.stream().map(ratio -> 1.0).toList();
        return new Figure(name, "counter", unit, new Duel.Outcome(subject, baseline), "");
    }
}
