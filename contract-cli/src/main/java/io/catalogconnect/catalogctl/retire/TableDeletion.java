package io.catalogconnect.catalogctl.retire;

import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.HistoryRecord;
import io.catalogconnect.catalogctl.resource.Ownership;
import io.catalogconnect.contract.render.TableSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Deletes tables with their recorded histories. It can be repeated.
 *
 * @param progress receives a line for each table that looks like a history and is kept
 */
record TableDeletion(Desired desired, Tables tables, Consumer<String> progress) {
    /**
     * Deletes a table and its histories, and then what the sink has recorded about them.
     *
     * @param applied attributes of the table that were applied last
     */
    void delete(String table, Map<String, String> applied) {
        Set<String> histories = histories(table, HistoryRecord.names(applied));
        histories.forEach(tables::delete);
        tables.delete(table);
        tables.forgetWrites(table, histories, desired.sink().config());
    }

    /** The recorded histories that are not the tables of a contract now. */
    private Set<String> histories(String table, Set<String> recorded) {
        Set<String> deleted = new TreeSet<>(recorded);
        Stream.concat(recorded.stream(), Stream.of(desired.historyName(table)))
                .distinct()
                .forEach(name -> {
                    Optional<TableSpec> existing = tables.find(name);
                    if (existing.isPresent() && existing.get().labels().containsKey(Ownership.ID_LABEL)) {
                        deleted.remove(name);
                        progress.accept("table " + name + " is kept: it carries the mark of a contract.");
                    } else if (existing.isPresent() && !recorded.contains(name)) {
                        progress.accept("table " + name + " is kept: the facts do not say that it is the history of "
                                + table + ". If it is, delete it by hand, and also the rows with its name in the table "
                                + desired.sink().config().getOrDefault("registry.table", "_catalog_connect_streams")
                                + ".");
                    }
                });
        return deleted;
    }
}
