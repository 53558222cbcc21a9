package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas that the Write API knows of. They are the tables' own, but for those that a fault has frozen for a time: a column added
 * meanwhile is unknown to appends, as it is for a while in the real service.
 */
final class DelayedSchemas {
    private final Map<String, Frozen> frozen = new ConcurrentHashMap<>();

    private record Frozen(List<Column> columns, Instant until) {}

    /** Goes on with the schema of this moment. */
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
