package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a generated document with the one in docs/, or writes it there with {@code -Ddocs.update=true}. */
final class GeneratedDocs {

    private GeneratedDocs() {}

    static void checkOrUpdate(String name, String content) throws IOException {
        Path file = Path.of("..", "docs").resolve(name);
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file)
                .as("Write docs/%s anew: run this test with -Ddocs.update=true", name)
                .content()
                .isEqualTo(content);
    }
}
