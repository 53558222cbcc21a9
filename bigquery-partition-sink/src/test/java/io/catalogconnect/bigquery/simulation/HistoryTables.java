package io.catalogconnect.bigquery.simulation;

import io.catalogconnect.bigquery.replace.ObjectVersion;
import io.catalogconnect.bigquery.replace.UnitKey;
import io.catalogconnect.bigquery.table.ObjectColumns;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Histories whose rows name their S3 object, in the tables of a {@link SimulatedBigQuery}. */
public record HistoryTables(SimulatedBigQuery service) implements SimulatedVersions.Tables {

    @Override
    public boolean hasHistory(UnitKey unit) {
        return service.hasTable(history(unit));
    }

    @Override
    public Set<Long> rows(ObjectVersion version, long after) {
        Set<Long> numbers = new TreeSet<>();
        service.rows(history(version.unit())).stream()
                .filter(row -> row.topic().equals(version.topic())
                        && row.partition() == version.partition()
                        && row.offset() > after
                        && row.offset() < version.offset()
                        && row.get(ObjectColumns.KEY).equals(version.object().key())
                        && row.get(ObjectColumns.ETAG).equals(version.etag()))
                .forEach(row -> numbers.add((long) row.get(ObjectColumns.ROW)));
        return numbers;
    }

    @Override
    public void show(UnitKey unit, Map<ObjectVersion, Set<Long>> rows) {
        // tests of the task read the submitted publications
    }

    private static String history(UnitKey unit) {
        return unit.table() + "_history";
    }
}
