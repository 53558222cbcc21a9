package io.catalogconnect.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PropertiesFileTest {
    @Test
    void onlyArgumentIsRead(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("p.properties"), "a=1\nb.c=é\n");
        assertThat(PropertiesFile.read("WorkerProcess", new String[] {file.toString()}))
                .containsEntry("a", "1")
                .containsEntry("b.c", "é")
                .hasSize(2);
    }

    @Test
    void noArgumentIsRefused() {
        assertThatThrownBy(() -> PropertiesFile.read("WorkerProcess", new String[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("WorkerProcess takes one argument, the path of a properties file; it got 0");
    }

    @Test
    void missingFileIsNamed(@TempDir Path directory) {
        String missing = directory.resolve("missing").toString();
        assertThatThrownBy(() -> PropertiesFile.read("WorkerProcess", new String[] {missing}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing);
    }
}
