package io.catalogconnect.localbigquery.job;

import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.plan.TableRead;
import java.util.List;

/** Enforces {@code requirePartitionFilter}: a query of such a table needs a condition on the partitioning column. */
final class PartitionFilterRule {

    private PartitionFilterRule() {}

    static void check(StatementPlan plan) {
        for (TableRead scan : scans(plan)) {
            boolean required = Boolean.TRUE.equals(scan.table().resource().getRequirePartitionFilter());
            if (required && scan.partitionFilters().isEmpty()) {
                String column = scan.table().partitioning().columnName().orElse("_PARTITIONTIME");
                throw new ServiceError(
                        400,
                        "invalidQuery",
                        "Cannot query over table '" + scan.table().ref().project() + "."
                                + scan.table().ref().dataset() + "."
                                + scan.table().ref().table() + "' without a filter over column(s) '" + column
                                + "' that can be used for partition elimination");
            }
        }
    }

    static List<TableRead> scans(StatementPlan plan) {
        if (plan instanceof StatementPlan.Select select) {
            return select.scans();
        }
        if (plan instanceof StatementPlan.Dml dml) {
            return dml.scans();
        }
        if (plan instanceof StatementPlan.CreateTable create && create.query() != null) {
            return create.query().scans();
        }
        return List.of();
    }
}
