package io.catalogconnect.catalogctl.check;

import io.catalogconnect.catalogctl.check.CheckResult.Verdict;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.contract.quality.Limits;
import io.catalogconnect.contract.quality.QualityQuery;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs quality checks as queries.
 *
 * @param maxBytes bytes that each query may read
 */
public record QualityRun(Tables tables, long maxBytes) {
    /** Runs checks one after the other, as long as BigQuery answers. */
    public List<CheckResult> run(List<QualityQuery> queries) {
        List<CheckResult> results = new ArrayList<>();
        Optional<String> silence = Optional.empty();
        for (QualityQuery query : queries) {
            if (silence.isPresent() && query.isQuery()) {
                results.add(new CheckResult(query, Verdict.ERROR, "", silence.get()));
                continue;
            }
            try {
                results.add(run(query));
            } catch (LiveException e) {
                String message = String.valueOf(e.getMessage());
                results.add(new CheckResult(query, Verdict.ERROR, "", message));
                silence = isSilence(e) ? Optional.of(message) : Optional.empty();
            }
        }
        return results;
    }

    /** True if the service was not reached: then no query can be measured. */
    private static boolean isSilence(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException
                    || cause instanceof ConnectException
                    || cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    private CheckResult run(QualityQuery query) {
        if (!query.isQuery()) {
            return new CheckResult(
                    query, Verdict.SKIPPED, "", "Its type is " + query.check().type() + ", which is not a query.");
        }
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
    }
}
