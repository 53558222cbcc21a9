package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.TableSchema;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.StoredTable;

/** Converts the schema of a table to the form of the Storage APIs. */
final class TableSchemas {
    private TableSchemas() {}

    static TableSchema of(StoredTable table) {
        TableSchema.Builder schema = TableSchema.newBuilder();
        table.columns().forEach(column -> schema.addFields(field(column)));
        return schema.build();
    }

    private static TableFieldSchema field(Column column) {
        TableFieldSchema.Builder field = TableFieldSchema.newBuilder()
                .setName(column.name())
                .setType(type(column))
                .setMode(TableFieldSchema.Mode.valueOf(column.mode().name()))
                .setMaxLength(column.maxLength())
                .setPrecision(column.precision())
                .setScale(column.scale());
        column.defaultExpression().ifPresent(field::setDefaultValueExpression);
        column.fields().forEach(inner -> field.addFields(field(inner)));
        return field.build();
    }

    private static TableFieldSchema.Type type(Column column) {
        return switch (column.type()) {
            case FLOAT64 -> TableFieldSchema.Type.DOUBLE;
            default -> TableFieldSchema.Type.valueOf(column.type().name());
        };
    }
}
