package io.catalogconnect.localbigquery.sql.ddl;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import java.util.List;
import java.util.Locale;

/** PARTITION BY of CREATE TABLE: the few forms BigQuery knows. */
final class PartitionClause {

    private PartitionClause() {}

    static void apply(Expr by, Table table) {
        if (by instanceof Expr.Path path) {
            String column = single(path);
            boolean ingestion = column.equalsIgnoreCase("_PARTITIONDATE");
            table.setTimePartitioning(time("DAY", ingestion ? "" : column));
            return;
        }
        if (!(by instanceof Expr.Call call)) {
            throw invalid();
        }
        List<Expr> arguments = call.arguments();
        switch (call.name()) {
            case "DATE" -> {
                if (arguments.size() != 1) {
                    throw invalid();
                }
                String day = column(arguments.get(0));
                table.setTimePartitioning(time("DAY", day.equalsIgnoreCase("_PARTITIONTIME") ? "" : day));
                return;
            }
            case "DATE_TRUNC", "DATETIME_TRUNC", "TIMESTAMP_TRUNC" -> {
                if (arguments.size() != 2) {
                    throw invalid();
                }
                String of = column(arguments.get(0));
                String unit = column(arguments.get(1)).toUpperCase(Locale.ROOT);
                table.setTimePartitioning(time(unit, of.equalsIgnoreCase("_PARTITIONTIME") ? "" : of));
                return;
            }
            case "RANGE_BUCKET" -> {
                range(arguments, table);
                return;
            }
            default -> {
                throw invalid();
            }
        }
    }

    private static void range(List<Expr> arguments, Table table) {
        boolean fits = arguments.size() == 2
                && arguments.get(1) instanceof Expr.Call array
                && array.name().equals("GENERATE_ARRAY")
                && (array.arguments().size() == 2 || array.arguments().size() == 3);
        if (!fits) {
            throw invalid();
        }
        List<Expr> bounds = ((Expr.Call) arguments.get(1)).arguments();
        table.setRangePartitioning(new RangePartitioning()
                .setField(column(arguments.get(0)))
                .setRange(new RangePartitioning.Range()
                        .setStart(number(bounds.get(0)))
                        .setEnd(number(bounds.get(1)))
                        .setInterval(bounds.size() == 3 ? number(bounds.get(2)) : 1L)));
    }

    private static TimePartitioning time(String type, String field) {
        TimePartitioning partitioning = new TimePartitioning().setType(type);
        return field.isEmpty() ? partitioning : partitioning.setField(field);
    }

    private static String column(Expr expr) {
        if (expr instanceof Expr.Path path) {
            return single(path);
        }
        throw invalid();
    }

    private static String single(Expr.Path path) {
        if (path.names().size() != 1) {
            throw invalid();
        }
        return path.names().get(0);
    }

    private static Long number(Expr expr) {
        if (expr instanceof Expr.Literal literal && literal.kind().equals("INT64")) {
            return Long.valueOf(literal.text());
        }
        throw invalid();
    }

    private static SqlError invalid() {
        return new SqlError(
                "PARTITION BY expression must be _PARTITIONDATE, DATE(_PARTITIONTIME), DATE(<timestamp_column>), DATE(<datetime_column>),"
                        + " DATETIME_TRUNC(<datetime_column>, DAY/HOUR/MONTH/YEAR), a DATE column, TIMESTAMP_TRUNC(<timestamp_column>, DAY/HOUR/MONTH/YEAR),"
                        + " DATE_TRUNC(<date_column>, MONTH/YEAR), or RANGE_BUCKET(<int64_column>, GENERATE_ARRAY(<int64_value>, <int64_value>[, <int64_value>]))");
    }
}
