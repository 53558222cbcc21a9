package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.plan.TableRead;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the conditions that refer only to the partitioning column of a table. */
final class PartitionFilters {

    private static final Pattern REFERENCE = Pattern.compile("\"(_[a-z]+\\d+)\"\\.(\"(?:[^\"]|\"\")+\")");

    private PartitionFilters() {}

    /**
     * Adds a condition to the table read that it refers to, if it refers to exactly one.
     *
     * @param sql the translated condition, one of those joined by AND
     * @param scans all tables read so far
     */
    static void note(String sql, List<TableRead> scans) {
        if (sql.contains("SELECT")) {
            return;
        }
        for (TableRead scan : scans) {
            String column = scan.table().partitioning().columnName().orElse("");
            boolean only = !column.isEmpty();
            boolean any = false;
            Matcher matcher = REFERENCE.matcher(sql);
            while (matcher.find()) {
                any = true;
                only &= matcher.group(1).equals(scan.alias())
                        && matcher.group(2).equalsIgnoreCase(Sql.quote(column));
            }
            if (any && only) {
                scan.filter(sql);
            }
        }
    }
}
