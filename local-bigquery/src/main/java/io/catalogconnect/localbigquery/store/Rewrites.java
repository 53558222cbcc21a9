package io.catalogconnect.localbigquery.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Numbers of the last transactions that may have changed or removed rows of tables. Immutable.
 *
 * @param last number of the last such transaction
 * @param ofAll number of the last one that may have changed any table
 * @param ofTables numbers of later ones that changed certain tables only, by physical name
 */
record Rewrites(long last, long ofAll, Map<String, Long> ofTables) {
    static final Rewrites NONE = new Rewrites(0, 0, Map.of());

    Rewrites {
        ofTables = Map.copyOf(ofTables);
    }

    /** The last transaction that may have changed or removed rows of a table. */
    long of(StoredTable table) {
        return ofTables.getOrDefault(table.physicalName(), ofAll);
    }

    /** After a transaction that may have changed any table. */
    Rewrites afterAny() {
        return new Rewrites(last + 1, last + 1, Map.of());
    }

    /** After a transaction that changed these tables only. */
    Rewrites after(Set<String> tables) {
        Map<String, Long> changed = new HashMap<>(ofTables);
        tables.forEach(table -> changed.put(table, last + 1));
        return new Rewrites(last + 1, ofAll, changed);
    }
}
