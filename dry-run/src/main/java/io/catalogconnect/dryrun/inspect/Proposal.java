package io.catalogconnect.dryrun.inspect;

import io.catalogconnect.dryrun.file.BadInputException;
import io.catalogconnect.dryrun.file.CsvFile;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.record.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of the source for a file.
 *
 * @param configured keys that the user has set
 * @param form keys of the file's form, defaults included
 * @param date null if the key contains no date
 */
record Proposal(
        Map<String, String> configured,
        Map<String, String> form,
        List<Column> columns,
        Set<String> nullValues,
        boolean trim,
        @Nullable KeyDate date) {
    private static final String BUCKET = "your-bucket";
    private static final String DATE_COLUMN = "file_date";
    private static final String ENDINGS = "(\\.(csv|tsv|txt))?(\\.(gz|gzip|zst))?$";
    private static final Map<String, String> DEFAULTS = Map.of(
            "csv.delimiter", ",",
            "csv.quote", "\"",
            "csv.escape", "none",
            "csv.charset", "UTF-8",
            "csv.header", "present",
            "csv.skip.lines", "0",
            "csv.trailing.delimiter", "cell");

    /** The connector. Its name and topic are the name of the file. */
    Inspection.Connector connector(CsvFile file) throws BadInputException {
        String topic = topic(file.object().key());
        Map<String, String> config = new LinkedHashMap<>();
        config.put("connector.class", "io.catalogconnect.s3csv.S3CsvSourceConnector");
        config.put("tasks.max", "1");
        config.put("s3.bucket", BUCKET);
        config.put("topic", topic);
        form.forEach((key, value) -> {
            if (!value.equals(DEFAULTS.get(key))) {
                config.put(key, value);
            }
        });
        config.put("columns", columns.stream().map(Column::toString).collect(Collectors.joining(",")));
        if (!nullValues.isEmpty()) {
            config.put("null.values", String.join(",", nullValues));
        }
        if (trim) {
            config.put("trim", "true");
        }
        if (date != null) {
            config.putAll(date.keys());
            config.put("file.date.column", dateColumn());
        }
        config.putAll(configured);
        try {
            SourceSettings.parse(config);
        } catch (ConfigException e) {
            throw new BadInputException("No configuration fits this file: " + e.getMessage());
        }
        return new Inspection.Connector(topic + "-source", config);
    }

    private String dateColumn() {
        String name = DATE_COLUMN;
        while (isColumn(name)) {
            name = name + "_";
        }
        return name;
    }

    private boolean isColumn(String name) {
        return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }

    /** The name of the file in characters that a topic may have. */
    private static String topic(String key) {
        String name =
                key.substring(key.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT).replaceFirst(ENDINGS, "");
        String topic = name.replaceAll("[^a-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return topic.isEmpty() ? "rows" : topic;
    }
}
