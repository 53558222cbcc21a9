package io.catalogconnect.catalogctl.live;

import java.util.List;

/**
 * Rows as texts.
 *
 * @param columns names of the columns
 * @param rows a text for each column; {@code NULL} for no value
 * @param isCut whether there are more rows
 */
public record ResultRows(List<String> columns, List<List<String>> rows, boolean isCut) {
    public ResultRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
