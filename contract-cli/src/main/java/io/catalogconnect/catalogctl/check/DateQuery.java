package io.catalogconnect.catalogctl.check;

import io.catalogconnect.contract.quality.QualityQuery;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Limits checks to the rows of one date. In the query, the name of each table of the contract stands for the rows of the date, so
 * that checks that compare tables compare the same date.
 *
 * @param tables the tables of the contract
 * @param date date of the partition column
 * @param sqlName the name of a table in a statement, with its dataset
 */
public record DateQuery(List<TableSpec> tables, LocalDate date, UnaryOperator<String> sqlName) {
    public DateQuery {
        tables = List.copyOf(tables);
    }

    /** The names of the tables without a partition column, whose rows have no date. */
    public List<String> undated() {
        return tables.stream()
                .filter(table -> table.partitionField().isEmpty())
                .map(TableSpec::name)
                .toList();
    }

    /** The same check of the rows of the date. */
    public QualityQuery of(QualityQuery query) {
        if (!query.isQuery()) {
            return query;
        }
        String rows = tables.stream().map(this::rows).collect(Collectors.joining(", "));
        String sql = "WITH " + rows + " SELECT * FROM (\n" + query.sql().strip().replaceFirst(";$", "") + "\n)";
        return new QualityQuery(query.object(), query.column(), query.check(), sql, query.problem());
    }

    private String rows(TableSpec table) {
        String column = "`" + table.partitionField() + "`";
        boolean isDate = table.columns().stream()
                .filter(other -> other.name().equals(table.partitionField()))
                .map(TableColumn::type)
                .anyMatch("DATE"::equals);
        return "`" + table.name() + "` AS (SELECT * FROM " + sqlName.apply(table.name()) + " WHERE "
                + (isDate ? column : "DATE(" + column + ")") + " = '" + date + "')";
    }
}
