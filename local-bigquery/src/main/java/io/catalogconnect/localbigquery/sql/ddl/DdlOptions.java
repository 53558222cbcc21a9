package io.catalogconnect.localbigquery.sql.ddl;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.ExpressionTranslator;
import io.catalogconnect.localbigquery.sql.translation.NameScope;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OPTIONS(...) of tables, views, columns and schemas, put into their resources. An option that is not listed is refused. */
final class DdlOptions {

    private static final long DAY_MILLIS = 86_400_000L;

    private final ExpressionTranslator expressions;

    DdlOptions(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    Table table(Table table, Map<String, Expr> options) {
        options.forEach((name, value) -> {
            switch (name) {
                case "description" -> table.setDescription(text(name, value));
                case "friendly_name" -> table.setFriendlyName(text(name, value));
                case "labels" -> table.setLabels(labels(value));
                case "require_partition_filter" -> table.setRequirePartitionFilter(bool(name, value));
                case "max_staleness" -> table.setMaxStaleness(interval(name, value));
                case "expiration_timestamp" -> table.setExpirationTime(null); // see expiration()
                case "partition_expiration_days" -> expiration(table, days(name, value));
                default -> throw SqlError.unsupported("the table option " + name);
            }
        });
        return table;
    }

    /** The expiration time of a table as DuckDB's SQL in milliseconds since 1970, or null if the options do not set it. */
    @Nullable
    String expiration(Map<String, Expr> options) {
        Expr value = options.get("expiration_timestamp");
        if (value == null) {
            return null;
        }
        TypedSql time = Coercions.to(expressions.translate(value, new NameScope(null)), DataType.TIMESTAMP);
        if (time == null) {
            throw wrong("expiration_timestamp", "a TIMESTAMP");
        }
        return "CAST(epoch_ms(" + time.sql() + ") AS BIGINT)";
    }

    TableFieldSchema column(TableFieldSchema field, Map<String, Expr> options) {
        options.forEach((name, value) -> {
            if (!name.equals("description")) {
                throw SqlError.unsupported("the column option " + name);
            }
            field.setDescription(text(name, value));
        });
        return field;
    }

    Dataset dataset(Dataset dataset, Map<String, Expr> options) {
        options.forEach((name, value) -> {
            switch (name) {
                case "description" -> dataset.setDescription(text(name, value));
                case "friendly_name" -> dataset.setFriendlyName(text(name, value));
                case "location" -> dataset.setLocation(text(name, value));
                case "labels" -> dataset.setLabels(labels(value));
                case "default_table_expiration_days" -> dataset.setDefaultTableExpirationMs(days(name, value));
                case "default_partition_expiration_days" -> dataset.setDefaultPartitionExpirationMs(days(name, value));
                default -> throw SqlError.unsupported("the schema option " + name);
            }
        });
        return dataset;
    }

    private static void expiration(Table table, long millis) {
        TimePartitioning partitioning = table.getTimePartitioning();
        if (partitioning == null) {
            throw new SqlError("partition_expiration_days can only be set on tables partitioned by time");
        }
        partitioning.setExpirationMs(millis);
    }

    private String text(String option, Expr value) {
        TypedSql typed = expressions.translate(value, new NameScope(null));
        String text = typed.literal();
        if (text == null || !typed.is(DataType.Kind.STRING)) {
            throw wrong(option, "a STRING literal");
        }
        return text;
    }

    private boolean bool(String option, Expr value) {
        if (value instanceof Expr.Literal literal && literal.kind().equals("BOOL")) {
            return literal.text().equals("TRUE");
        }
        throw wrong(option, "TRUE or FALSE");
    }

    private long days(String option, Expr value) {
        String number = expressions.translate(value, new NameScope(null)).literal();
        if (number == null) {
            throw wrong(option, "a number of days");
        }
        return new BigDecimal(number).multiply(BigDecimal.valueOf(DAY_MILLIS)).longValue();
    }

    /** An interval in the form of the REST API: {@code 0-0 days hours:minutes:seconds}. */
    private String interval(String option, Expr value) {
        if (!(value instanceof Expr.Interval interval)) {
            throw wrong(option, "an INTERVAL");
        }
        String number =
                expressions.translate(interval.amount(), new NameScope(null)).literal();
        if (number == null || !number.matches("\\d{1,9}")) {
            throw wrong(option, "an INTERVAL of a whole number");
        }
        return switch (interval.part()) {
            case "DAY" -> "0-0 " + number + " 0:0:0";
            case "HOUR" -> "0-0 0 " + number + ":0:0";
            case "MINUTE" -> "0-0 0 0:" + number + ":0";
            case "SECOND" -> "0-0 0 0:0:" + number;
            default -> throw wrong(option, "an INTERVAL of days, hours, minutes or seconds");
        };
    }

    private Map<String, String> labels(Expr value) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (!(value instanceof Expr.Array array)) {
            throw wrong("labels", "an array of pairs, [(\"key\", \"value\")]");
        }
        for (Expr element : array.elements()) {
            if (!(element instanceof Expr.Struct pair) || pair.fields().size() != 2) {
                throw wrong("labels", "an array of pairs, [(\"key\", \"value\")]");
            }
            labels.put(
                    text("labels", pair.fields().get(0).value()),
                    text("labels", pair.fields().get(1).value()));
        }
        return labels;
    }

    private static SqlError wrong(String option, String expected) {
        return new SqlError("Option " + option + " must be " + expected);
    }
}
