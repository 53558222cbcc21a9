package io.catalogconnect.localbigquery.job;

import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.ColumnDefault;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reorders the values of a file's columns to the order of the table's columns. Columns that the file does not have get their defaults. */
final class ColumnOrder {

    private final int[] from;
    private final @Nullable Object[] defaults;

    ColumnOrder(List<Column> file, List<Column> table, Instant now) {
        from = new int[table.size()];
        defaults = new Object[table.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = file.indexOf(table.get(i));
            if (from[i] < 0) {
                Column column = table.get(i);
                defaults[i] = ColumnDefault.of(column).at(now);
                column.check(defaults[i]).ifPresent(wrong -> {
                    throw ServiceError.invalid(wrong);
                });
            }
        }
    }

    Iterator<@Nullable Object[]> arrange(Iterator<@Nullable Object[]> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public @Nullable Object[] next() {
                @Nullable Object[] row = rows.next();
                @Nullable Object[] arranged = defaults.clone();
                for (int i = 0; i < from.length; i++) {
                    if (from[i] >= 0) {
                        arranged[i] = row[from[i]];
                    }
                }
                return arranged;
            }
        };
    }
}
