package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.avro.AvroException;
import io.catalogconnect.localbigquery.avro.AvroFile;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TextValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows of an Avro file in the columns of a table. Fields are found by name. */
final class AvroRows implements Iterator<@Nullable Object[]> {

    /** Fits a value of the file to its column. */
    private interface Fit extends UnaryOperator<@Nullable Object> {}

    /** The types that a field of the file may be loaded into, besides its own. */
    private static final Map<FieldType, Set<FieldType>> CONVERSIONS = Map.of(
            FieldType.NUMERIC, Set.of(FieldType.BIGNUMERIC),
            FieldType.BIGNUMERIC, Set.of(FieldType.NUMERIC),
            FieldType.STRING, Set.of(FieldType.JSON, FieldType.GEOGRAPHY));

    private final AvroFile file;
    private final StoredTable table;
    private final boolean ignoreUnknown;
    private final List<Column> columns = new ArrayList<>();
    private final List<Integer> from = new ArrayList<>();
    private final List<Fit> fits = new ArrayList<>();

    AvroRows(AvroFile file, StoredTable table, boolean ignoreUnknown) {
        this.file = file;
        this.table = table;
        this.ignoreUnknown = ignoreUnknown;
        List<TableFieldSchema> fields = file.fields();
        for (int i = 0; i < fields.size(); i++) {
            TableFieldSchema field = fields.get(i);
            Column column = table.column(field.getName()).orElse(null);
            if (column == null && !ignoreUnknown) {
                throw SchemaMerge.cannotAdd(table.ref(), field.getName());
            }
            if (column != null) {
                columns.add(column);
                from.add(i);
                fits.add(fit(field, column, field.getName()));
            }
        }
    }

    /** The columns of the table that the file has, in the order of the values of a row. */
    List<Column> columns() {
        return columns;
    }

    private Fit fit(TableFieldSchema field, Column column, String path) {
        FieldType given = FieldType.of(field.getType()).orElseThrow();
        if (given != column.type() && !CONVERSIONS.getOrDefault(given, Set.of()).contains(column.type())) {
            throw SchemaMerge.changed(
                    table.ref(), path, "type from " + column.type().restName() + " to " + field.getType());
        }
        if ("REPEATED".equals(field.getMode()) != column.repeated()) {
            throw SchemaMerge.changed(table.ref(), path, "mode from " + column.mode() + " to " + field.getMode());
        }
        Fit element = value -> value;
        if (given == FieldType.STRUCT) {
            element = struct(field, column, path);
        } else if (column.type() == FieldType.JSON) {
            element = value -> value == null ? null : TextValues.parse(FieldType.JSON, (String) value);
        }
        return column.repeated() ? list(element) : element;
    }

    private static Fit list(Fit element) {
        return value -> {
            List<@Nullable Object> list = new ArrayList<>();
            if (value instanceof List<?> elements) {
                elements.forEach(one -> list.add(element.apply(one)));
            }
            return list;
        };
    }

    private Fit struct(TableFieldSchema field, Column column, String path) {
        int[] targets = new int[field.getFields().size()];
        List<Fit> members = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            TableFieldSchema member = field.getFields().get(i);
            Column target = column.field(member.getName()).orElse(null);
            if (target == null && !ignoreUnknown) {
                throw SchemaMerge.cannotAdd(table.ref(), path + "." + member.getName());
            }
            targets[i] = target == null ? -1 : column.fields().indexOf(target);
            members.add(target == null ? value -> value : fit(member, target, path + "." + member.getName()));
        }
        int size = column.fields().size();
        return value -> {
            if (value == null) {
                return null;
            }
            @Nullable Object[] given = (Object[]) value;
            @Nullable Object[] struct = new Object[size];
            for (int i = 0; i < targets.length; i++) {
                if (targets[i] >= 0) {
                    struct[targets[i]] = members.get(i).apply(given[i]);
                }
            }
            return struct;
        };
    }

    @Override
    public boolean hasNext() {
        try {
            return file.hasNext();
        } catch (AvroException e) {
            throw malformed(e);
        }
    }

    /** @throws ServiceError if the file is damaged, or the row does not fit the table */
    @Override
    public @Nullable Object[] next() {
        try {
            @Nullable Object[] given = file.next();
            @Nullable Object[] row = new Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = fits.get(i).apply(given[from.get(i)]);
                columns.get(i).check(row[i]).ifPresent(wrong -> {
                    throw malformed(new InvalidValueException(wrong));
                });
            }
            return row;
        } catch (AvroException | InvalidValueException e) {
            throw malformed(e);
        }
    }

    private static ServiceError malformed(RuntimeException cause) {
        return ServiceError.invalid("Error while reading data, error message: " + cause.getMessage());
    }
}
