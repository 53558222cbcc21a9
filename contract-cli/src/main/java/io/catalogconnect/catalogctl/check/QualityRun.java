package io.catalogconnect.catalogctl.check;

import io.catalogconnect.catalogctl.check.CheckResult.Verdict;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.contract.quality.Limits;
import io.catalogconnect.contract.quality.QualityQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Runs quality checks as queries.
 *
 * @param maxBytes bytes that each query may read
 */
public record QualityRun(Tables tables, long maxBytes) {
    /** Runs checks one after the other. */
    public List<CheckResult> run(List<QualityQuery> queries) {
        return queries.stream().map(this::run).toList();
    }

    private CheckResult run(QualityQuery query) {
        if (!query.isQuery()) {
            return new CheckResult(
                    query, Verdict.SKIPPED, "", "Its type is " + query.check().type() + ", which is not a query.");
        }
        try {
            Optional<BigDecimal> number = tables.measure(query.sql(), maxBytes);
            if (number.isEmpty()) {
                return new CheckResult(query, Verdict.ERROR, "", "The query returned NULL, not a number.");
            }
            Limits limits = Limits.ofValid(query.check());
            String measured = number.get().toPlainString();
            return limits.hold(number.get())
                    ? new CheckResult(query, Verdict.HOLDS, measured, "")
                    : new CheckResult(
                            query,
                            Verdict.FAILS,
                            measured,
                            "The number must be " + limits + ", but it is " + measured + ".");
        } catch (LiveException e) {
            return new CheckResult(query, Verdict.ERROR, "", String.valueOf(e.getMessage()));
        }
    }
}
