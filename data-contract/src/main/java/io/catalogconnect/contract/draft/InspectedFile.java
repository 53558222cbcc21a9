package io.catalogconnect.contract.draft;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file and the keys of the source that read it.
 *
 * @param name name of the file
 * @param rows number of its rows
 * @param settings keys of the source that differ from their defaults
 */
public record InspectedFile(String name, long rows, List<InspectedColumn> columns, Map<String, String> settings) {
    public InspectedFile {
        columns = List.copyOf(columns);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * A column.
     *
     * @param type as in the key {@code columns} of the source, with a question mark if cells are null
     */
    public record InspectedColumn(String name, String type) {
        /** True if cells are null. */
        public boolean isNullable() {
            return type.endsWith("?");
        }
    }
}
