package io.catalogconnect.contract.render;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The primary key of a table that the sink changes with {@code write.mode=upsert}.
 *
 * @param columns its columns; empty without a primary key
 * @param maxStalenessMillis option {@code max_staleness} of the table; 0 if it is not set
 */
public record PrimaryKey(List<String> columns, long maxStalenessMillis) {
    /** No primary key. */
    public static final PrimaryKey NONE = new PrimaryKey(List.of(), 0);

    /** Number of columns that can cluster a table. */
    private static final int CLUSTERING_COLUMNS = 4;

    public PrimaryKey {
        columns = List.copyOf(columns);
    }

    /** @param sink the configuration of the sink */
    static PrimaryKey of(Map<String, String> sink) {
        if (!sink.getOrDefault("write.mode", "").equals("upsert")) {
            return NONE;
        }
        return new PrimaryKey(
                names(sink.getOrDefault("upsert.key.columns", "")).toList(),
                Math.max(0, Long.parseLong(sink.getOrDefault("upsert.max.staleness.ms", "-1"))));
    }

    /** The names of a list in a configuration. */
    public static Stream<String> names(String list) {
        return Stream.of(list.split(",")).map(String::strip).filter(name -> !name.isEmpty());
    }

    /** The option {@code max_staleness} in a statement. */
    public String maxStalenessOption() {
        return "max_staleness = INTERVAL " + maxStalenessMillis / 1000 + " SECOND";
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    boolean contains(String column) {
        return columns.contains(column);
    }

    /** The columns by which the sink clusters a table if none are configured. */
    List<String> clustering() {
        return columns.subList(0, Math.min(CLUSTERING_COLUMNS, columns.size()));
    }
}
