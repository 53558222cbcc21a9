package io.catalogconnect.bigquery.record;

import io.catalogconnect.bigquery.convert.ConversionException;
import io.catalogconnect.bigquery.convert.ExistingColumns;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.convert.RowEncoder;
import io.catalogconnect.bigquery.convert.SchemaConverter;
import io.catalogconnect.bigquery.record.ChangeRules.DeleteWhen;
import io.catalogconnect.bigquery.record.ChangeRules.KeySource;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnNaming;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.TableShape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows that insert, replace or delete the row with the same primary key, with the two pseudo columns of BigQuery's change data
 * capture. Used by the task's thread only.
 */
public final class ChangedRows implements RowForm {

    private static final ExtraColumn TYPE = ExtraColumn.pseudo("_CHANGE_TYPE");
    private static final ExtraColumn SEQUENCE = ExtraColumn.pseudo("_CHANGE_SEQUENCE_NUMBER");
    private static final Set<ColumnType> KEY_TYPES = EnumSet.of(
            ColumnType.STRING,
            ColumnType.BYTES,
            ColumnType.INT64,
            ColumnType.NUMERIC,
            ColumnType.BIGNUMERIC,
            ColumnType.BOOL,
            ColumnType.DATE,
            ColumnType.DATETIME,
            ColumnType.TIMESTAMP);

    private final ChangeRules rules;
    private final HeaderColumns headers;
    private final ColumnNaming naming;
    private final RecordKey recordKey;
    private final ChangeSequence sequence;

    /** @param headers columns from headers and timestamp */
    public ChangedRows(ChangeRules rules, HeaderColumns headers, ColumnNaming naming) {
        this.rules = rules;
        this.headers = headers;
        this.naming = naming;
        this.recordKey = new RecordKey(rules.keyColumns(), naming);
        this.sequence = new ChangeSequence(rules.generation());
    }

    @Override
    public List<ExtraColumn> columns(SinkRecord first, ExistingColumns existing) {
        List<ExtraColumn> columns = new ArrayList<>(headers.columns(first, existing));
        if (rules.keySource() == KeySource.RECORD_KEY) {
            columns.addAll(recordKey.columns(first));
        }
        columns.add(TYPE);
        columns.add(SEQUENCE);
        return columns;
    }

    @Override
    public List<@Nullable Object> values(SinkRecord record, @Nullable Object value, List<ExtraColumn> columns) {
        List<@Nullable Object> values = headers.values(record, columns);
        if (rules.keySource() == KeySource.RECORD_KEY) {
            recordKey.addValues(record, ofRecordKey(columns), values);
        }
        Struct struct = (Struct) value;
        values.add(struct == null || deletes(struct) ? "DELETE" : "UPSERT");
        long offset = record.originalKafkaOffset();
        values.add(
                rules.versionColumn().isEmpty()
                        ? sequence.of(offset)
                        : sequence.of(version(rules.versionColumn().get(), struct, columns, values), offset));
        return values;
    }

    private List<ExtraColumn> ofRecordKey(List<ExtraColumn> columns) {
        return columns.subList(headers.count(), columns.size() - 2);
    }

    private boolean deletes(Struct value) {
        if (rules.deleteWhen().isEmpty()) {
            return false;
        }
        DeleteWhen when = rules.deleteWhen().get();
        Field field = value.schema().field(when.field());
        if (field == null) {
            throw new ConversionException("the record has no field '" + when.field()
                    + "', which upsert.delete.when names. Correct the setting, or add the field to every record.");
        }
        return when.text().equals(String.valueOf(value.get(field)));
    }

    private static long version(
            String column, @Nullable Struct value, List<ExtraColumn> columns, List<@Nullable Object> values) {
        Object version = null;
        Field field = value == null ? null : value.schema().field(column);
        if (value != null && field != null) {
            version = value.get(field);
        }
        for (int i = 0; version == null && i < columns.size() - 2; i++) {
            if (columns.get(i).name().equalsIgnoreCase(column)) {
                version = values.get(i);
            }
        }
        if (version == null) {
            throw new ConversionException("version column '" + column
                    + "' is null or missing, so the change cannot be ordered. Add it to every record, or correct"
                    + " upsert.version.column.");
        }
        return ChangeSequence.version(column, version);
    }

    @Override
    public RowEncoder encoder(@Nullable Schema schema, List<ExtraColumn> columns, ExistingColumns existing) {
        Set<String> omitted = new HashSet<>();
        if (rules.keySource() == KeySource.RECORD_KEY) {
            ofRecordKey(columns).forEach(column -> omitted.add(key(column.name())));
        }
        rules.deleteWhen().ifPresent(when -> omitted.add(key(naming.columnFor(when.field()))));
        List<String> primaryKey = primaryKey(columns);
        Set<String> required = new HashSet<>();
        primaryKey.forEach(column -> required.add(key(column)));
        RowEncoder encoder = SchemaConverter.compileChanges(schema, omitted, columns, required, existing);
        primaryKey.forEach(column -> checkKeyColumn(column, encoder.columns()));
        return encoder;
    }

    private void checkKeyColumn(String name, List<Column> columns) {
        Column column = columns.stream()
                .filter(each -> each.key().equals(key(name)))
                .findFirst()
                .orElseThrow(() -> new ConversionException("the record has no field '" + name
                        + "', which upsert.key.columns names. It has "
                        + columns.stream().map(Column::name).toList() + "."));
        if (column.mode() == Column.Mode.REPEATED || !KEY_TYPES.contains(column.type())) {
            throw new ConversionException("key column '" + name + "' is of type " + column.type()
                    + ", which BigQuery does not permit in a primary key. Convert it with a transformation.");
        }
    }

    @Override
    public RowCheck.Rule check(@Nullable Schema schema, List<ExtraColumn> columns, ExistingColumns existing) {
        List<Integer> extras = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (isKey(columns.get(i).name())) {
                extras.add(i);
            }
        }
        List<Field> fields = schema == null || rules.keySource() != KeySource.VALUE
                ? List.of()
                : schema.fields().stream()
                        .filter(field -> isKey(naming.columnFor(field.name())))
                        .toList();
        return (value, values) -> {
            for (int extra : extras) {
                if (values.get(extra) == null) {
                    throw RecordKey.nullColumn(columns.get(extra).name());
                }
            }
            for (Field field : fields) {
                if (value == null || ((Struct) value).get(field) == null) {
                    throw RecordKey.nullColumn(field.name());
                }
            }
        };
    }

    @Override
    public TableShape shape(TableShape shape, List<ExtraColumn> columns) {
        return shape.withPrimaryKey(primaryKey(columns), rules.maxStaleness());
    }

    @Override
    public Optional<String> tombstoneRefusal() {
        if (rules.keySource() == KeySource.VALUE) {
            return Optional.of("the primary key is in the value (upsert.key.source=value)");
        }
        return rules.versionColumn()
                .filter(column -> !headers.has(column))
                .map(column -> "its version, column '" + column + "', is in the value");
    }

    private List<String> primaryKey(List<ExtraColumn> columns) {
        return rules.keySource() == KeySource.RECORD_KEY
                ? ofRecordKey(columns).stream().map(ExtraColumn::name).toList()
                : rules.keyColumns();
    }

    private boolean isKey(String column) {
        return rules.keyColumns().stream().anyMatch(column::equalsIgnoreCase);
    }

    private static String key(String column) {
        return column.toLowerCase(Locale.ROOT);
    }
}
