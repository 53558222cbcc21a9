package io.catalogconnect.localbigquery.sql.types;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import io.catalogconnect.localbigquery.store.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a query's result.
 *
 * @param name the name in BigQuery; {@code f0_}, {@code f1_}, ... if the query has no name
 * @param type its type
 */
public record ResultColumn(String name, DataType type) {

    /** The column as a field of a REST schema. */
    public TableFieldSchema toSchema() {
        return type.toSchema(name);
    }

    /** The schema of a result. Its list of fields is mutable, so that the resource can be copied. */
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
