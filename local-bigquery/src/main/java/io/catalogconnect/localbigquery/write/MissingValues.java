package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.ColumnDefault;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills in values that rows do not have. A column that is missing in the writer's schema always gets its default. A column that is in the
 * schema but missing in a row gets NULL or its default, as the request demands.
 */
final class MissingValues {
    private final @Nullable ColumnDefault[] defaults;
    private final Instant now;

    private MissingValues(@Nullable ColumnDefault[] defaults, Instant now) {
        this.defaults = defaults;
        this.now = now;
    }

    /**
     * Creates the rules of one request.
     *
     * @param written whether a column is in the writer's schema
     * @param columnWise the request's interpretation for single columns
     * @param otherwise its interpretation for all other columns
     * @param now the arrival time of the rows
     */
    static MissingValues of(
            List<Column> columns,
            Predicate<Column> written,
            Map<String, MissingValueInterpretation> columnWise,
            MissingValueInterpretation otherwise,
            Instant now) {
        Map<String, MissingValueInterpretation> byName = columnWise.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (one, other) -> other));
        @Nullable ColumnDefault[] defaults = new ColumnDefault[columns.size()];
        for (int i = 0; i < defaults.length; i++) {
            Column column = columns.get(i);
            MissingValueInterpretation said = byName.getOrDefault(column.name().toLowerCase(Locale.ROOT), otherwise);
            boolean takesDefault = !written.test(column) || said == MissingValueInterpretation.DEFAULT_VALUE;
            if (takesDefault && column.defaultExpression().isPresent()) {
                defaults[i] = ColumnDefault.of(column);
            }
        }
        return new MissingValues(defaults, now);
    }

    /** Replaces nulls and empty lists by values. */
    void fill(@Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) {
            ColumnDefault value = defaults[i];
            if (value != null && isMissing(row[i])) {
                row[i] = value.at(now);
            }
        }
    }

    private static boolean isMissing(@Nullable Object value) {
        return value == null || (value instanceof List<?> list && list.isEmpty());
    }
}
