package io.catalogconnect.catalogctl.check;

import io.catalogconnect.contract.quality.Limits;
import io.catalogconnect.contract.quality.QualityQuery;
import java.util.Locale;

/**
 * The result of a quality check.
 *
 * @param measured the number that was measured; empty without one
 * @param message why the check does not hold, or was not measured; empty otherwise
 */
public record CheckResult(QualityQuery query, Verdict verdict, String measured, String message) {
    /** What a check has shown. */
    public enum Verdict {
        /** The number keeps the limits. */
        HOLDS,
        /** The number does not keep the limits. */
        FAILS,
        /** BigQuery refused the query, or it returned no number. */
        ERROR,
        /** The check is no query. */
        SKIPPED;

        /** The verdict in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** True if the contract is not met. A check of a lower severity than error only warns, unless it cannot be measured. */
    public boolean isFailure() {
        return verdict == Verdict.ERROR || (verdict == Verdict.FAILS && query.isSevere());
    }

    /** The severity; {@code error} by default. */
    public String severity() {
        return query.check().severity().isEmpty() ? "error" : query.check().severity();
    }

    /** The limits as text; empty for a check that is no query. */
    public String wanted() {
        return query.isQuery() ? Limits.ofValid(query.check()).toString() : "";
    }
}
