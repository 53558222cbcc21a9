package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.ResultRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads rows for people: some rows only, and texts without their ends. */
record RowQuery(Dataset dataset, int maxRows) {
    private static final int MOST_CHARACTERS = 300;

    /** The first rows of a SELECT statement. */
    ResultRows run(String sql, long maxBytes) {
        return dataset.call(() -> rows(new SelectQuery(dataset, maxBytes).run(sql)));
    }

    /** Some rows of a table, without a query. */
    ResultRows of(String name) {
        return dataset.call(() -> {
            Table table = dataset.client().getTable(dataset.table(name));
            Schema schema = table == null ? null : table.getDefinition().getSchema();
            if (schema == null) {
                throw new LiveException("There is no table " + name + ".", null);
            }
            return rows(dataset.client()
                    .listTableData(dataset.table(name), schema, TableDataListOption.pageSize(maxRows + 1L)));
        });
    }

    private ResultRows rows(TableResult result) {
        Schema schema = result.getSchema();
        List<Field> fields = schema == null ? List.of() : schema.getFields();
        List<List<String>> rows = new ArrayList<>();
        for (FieldValueList row : result.getValues()) {
            if (rows.size() == maxRows) {
                break;
            }
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                cells.add(text(row.get(i), fields.get(i)));
            }
            rows.add(cells);
        }
        return new ResultRows(fields.stream().map(Field::getName).toList(), rows, result.getTotalRows() > rows.size());
    }

    private static String text(FieldValue value, Field field) {
        if (value.isNull()) {
            return "NULL";
        }
        boolean isTime = value.getAttribute() == FieldValue.Attribute.PRIMITIVE
                && field.getType().getStandardType() == StandardSQLTypeName.TIMESTAMP;
        String text = isTime ? time(value) : String.valueOf(value.getValue());
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    }

    private static String time(FieldValue value) {
        long micros = value.getTimestampValue();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
                .toString();
    }
}
