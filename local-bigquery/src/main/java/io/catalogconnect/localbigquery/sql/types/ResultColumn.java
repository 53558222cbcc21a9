package io.catalogconnect.localbigquery.sql.types;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.store.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a query's result.
 *
 * @param name as BigQuery names it, {@code f0_} and so on where the query gives none
 * @param type its type
 */
public record ResultColumn(String name, DataType type) {

    /** As a schema of the REST API has it. */
    public TableFieldSchema toSchema() {
        return type.toSchema(name);
    }

    /** A whole schema; its list can be copied, as resources are. */
    public static TableSchema schema(List<ResultColumn> columns) {
        List<TableFieldSchema> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(column.toSchema()));
        return new TableSchema().setFields(fields);
    }

    /** A table's column. */
    public static ResultColumn of(Column column) {
        return new ResultColumn(column.name(), DataType.of(column));
    }
}
