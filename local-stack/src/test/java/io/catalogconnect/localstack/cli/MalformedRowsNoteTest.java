package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MalformedRowsNoteTest {
    private final Map<Path, Long> files = new LinkedHashMap<>();

    MalformedRowsNoteTest() {
        files.put(Path.of("in", "a.csv"), 1L);
        files.put(Path.of("b.csv"), 0L);
        files.put(Path.of("my file.csv"), 20L);
    }

    @Test
    void rowsInATopicNameIt() {
        assertThat(rows(Map.of("bad.rows", "topic", "bad.rows.topic", "orders.rejects"))
                        .lines())
                .containsExactly(
                        "1 malformed row of a.csv is in the topic orders.rejects, and in no table. ./pipeline inspect"
                                + " in/a.csv shows malformed rows.",
                        "20 malformed rows of my file.csv are in the topic orders.rejects, and in no table. ./pipeline"
                                + " inspect 'my file.csv' shows malformed rows.");
    }

    @Test
    void skippedRowsAreInNoTopic() {
        assertThat(rows(Map.of("bad.rows", "skip")).lines())
                .containsExactly(
                        "1 malformed row of a.csv was skipped. ./pipeline inspect in/a.csv shows malformed rows.",
                        "20 malformed rows of my file.csv were skipped. ./pipeline inspect 'my file.csv' shows malformed"
                                + " rows.");
    }

    private MalformedRowsNote rows(Map<String, String> config) {
        return new MalformedRowsNote(new ConnectorDefinition("source", config), files);
    }
}
