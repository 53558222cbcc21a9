package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas that the Write API knows. A fault can freeze the schema of a table for a time: appends do not know a column that is added in
 * this time, as in the real service, where a new schema spreads with a delay.
 */
final class DelayedSchemas {
    private final Map<String, Frozen> frozen = new ConcurrentHashMap<>();

    private record Frozen(List<Column> columns, Instant until) {}

    /** Freezes the current schema of a table until a time. */
    void freeze(StoredTable table, Instant until) {
        frozen.put(table.physicalName(), new Frozen(table.columns(), until));
    }

    List<Column> columns(StoredTable table, Instant now) {
        Frozen known = frozen.get(table.physicalName());
        if (known == null) {
            return table.columns();
        }
        if (now.isBefore(known.until())) {
            return known.columns();
        }
        frozen.remove(table.physicalName(), known);
        return table.columns();
    }
}
