package io.catalogconnect.contract.quality;

import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.QualityCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A quality check as a query that returns one number.
 *
 * @param object name of the object
 * @param column name of the column; empty for a check of the object
 * @param sql query with table names that have no dataset; empty if the check cannot be run as a query
 * @param problem why the check is not valid, as complete sentences; empty if it is
 */
public record QualityQuery(String object, String column, QualityCheck check, String sql, String problem) {
    /** The checks of all objects of a contract and of their columns, in the order of the contract. */
    public static List<QualityQuery> of(Contract contract) {
        List<QualityQuery> queries = new ArrayList<>();
        for (DataObject object : contract.objects()) {
            object.quality().forEach(check -> queries.add(of(object, Optional.empty(), check)));
            object.columns()
                    .forEach(column ->
                            column.quality().forEach(check -> queries.add(of(object, Optional.of(column), check))));
        }
        return queries;
    }

    private static QualityQuery of(DataObject object, Optional<Column> column, QualityCheck check) {
        String name = column.map(Column::name).orElse("");
        try {
            String sql = switch (check.type()) {
                case "sql" -> WrittenQuery.of(object, name, check);
                case "library" -> new MetricQuery(object, name, check).sql();
                default -> "";
            };
            if (!sql.isEmpty()) {
                Limits.of(check);
            }
            return new QualityQuery(object.name(), name, check, sql, "");
        } catch (InvalidCheckException e) {
            return new QualityQuery(object.name(), name, check, "", e.getMessage());
        }
    }

    /** False for a check in words or for another engine, which is documentation. */
    public boolean isQuery() {
        return !sql.isEmpty();
    }

    /** True if a check that does not hold is an error. */
    public boolean isSevere() {
        return check.severity().isEmpty() || check.severity().equals("error");
    }
}
