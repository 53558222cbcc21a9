package io.catalogconnect.localstack.cli;

import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Malformed rows of delivered files, which are in no table.
 *
 * @param source the connector that has read the files
 * @param files number of malformed rows of each file
 */
record MalformedRowsNote(ConnectorDefinition source, Map<Path, Long> files) {
    /** A line for each file with malformed rows: where they are, and the command that shows them. */
    List<String> lines() {
        return files.entrySet().stream()
                .filter(file -> file.getValue() > 0)
                .map(file -> line(file.getKey(), file.getValue()))
                .toList();
    }

    private String line(Path file, long rows) {
        boolean isOne = rows == 1;
        String topic = source.config().getOrDefault("bad.rows.topic", "");
        String place = source.config().getOrDefault("bad.rows", "").equals("topic")
                ? (isOne ? "is" : "are") + " in the topic " + topic + ", and in no table"
                : (isOne ? "was" : "were") + " skipped";
        return rows + " malformed " + (isOne ? "row" : "rows") + " of " + file.getFileName() + " " + place
                + ". ./pipeline inspect " + ShellWord.of(file.toString()) + " shows malformed rows.";
    }
}
