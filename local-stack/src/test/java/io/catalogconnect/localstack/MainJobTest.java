package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localstack.layout.StackLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainJobTest {
    @TempDir
    Path directory;

    @Test
    void shippedJobHasItsTopicsAndTables() {
        MainJob job = MainJob.read(new StackLayout(Path.of(".."), directory));
        assertThat(job.topics()).containsExactly("products.raw", "products.team-a", "products.team-b");
        assertThat(job.tables()).containsExactly("products_raw", "products_team_a", "products_team_b");
        assertThat(job.sinkGroup()).isEqualTo("connect-catalog-sink");
        assertThat(job.connectors()).extracting("name").containsExactly("catalog-sink", "catalog-source");
    }

    @Test
    void replacingJobDiffersOnlyInReplaceMode() {
        StackLayout layout = new StackLayout(Path.of(".."), directory);
        MainJob main = MainJob.read(layout);
        MainJob replacing = MainJob.readReplacing(layout);

        assertThat(replacing.topics()).isEqualTo(main.topics());
        assertThat(replacing.tables()).isEqualTo(main.tables());
        assertThat(replacing.sinkGroup()).isEqualTo(main.sinkGroup());
        assertThat(replacing.sink().config())
                .containsAllEntriesOf(main.sink().config())
                .containsEntry("write.mode", "replace");
        assertThat(replacing.source().config())
                .containsAllEntriesOf(main.source().config())
                .containsEntry("object.end.markers", "true")
                .hasSize(main.source().config().size() + 1);
    }

    @Test
    void folderWithoutASourceIsRefused() throws IOException {
        Files.createDirectories(directory.resolve("config/connectors"));
        assertThatThrownBy(() -> MainJob.read(new StackLayout(directory, directory)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("config/connectors holds 0 connectors of class S3CsvSourceConnector; it must be one");
    }
}
