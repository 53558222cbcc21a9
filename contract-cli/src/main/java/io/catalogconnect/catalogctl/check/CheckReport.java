package io.catalogconnect.catalogctl.check;

import io.catalogconnect.catalogctl.check.CheckResult.Verdict;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.quality.QualityQuery;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.PrintWriter;
import java.util.List;

/**
 * The results of a contract's checks for people.
 *
 * @param file name of the contract, for places
 */
public record CheckReport(String file, List<CheckResult> results) {
    private static final List<String> HEADER =
            List.of("object", "column", "check", "severity", "wanted", "measured", "verdict");

    public CheckReport {
        results = List.copyOf(results);
    }

    /** True if a check of the severity error does not hold, or a check could not be measured. */
    public boolean isFailure() {
        return results.stream().anyMatch(CheckResult::isFailure);
    }

    /** Prints a table, and the place and the query of each check that does not hold. */
    public void print(PrintWriter out) {
        TextTable.print(out, HEADER, results.stream().map(CheckReport::row).toList());
        for (CheckResult result : results) {
            if (result.verdict() == Verdict.FAILS || result.verdict() == Verdict.ERROR) {
                Place place = result.query().check().places().own();
                out.println(file + ":" + place.line() + ":" + place.column() + ": "
                        + (result.isFailure() ? "error: " : "warning: ") + name(result) + ": " + result.message());
                out.println("  " + result.query().sql());
            }
        }
        out.println(results.size() + (results.size() == 1 ? " check: " : " checks: ") + count(Verdict.HOLDS) + " hold, "
                + count(Verdict.FAILS) + " fail, " + count(Verdict.ERROR) + " not measured, " + count(Verdict.SKIPPED)
                + " skipped");
    }

    private long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    private static List<String> row(CheckResult result) {
        QualityQuery query = result.query();
        return List.of(
                query.object(),
                query.column(),
                query.check().title(),
                result.severity(),
                result.wanted(),
                result.measured(),
                result.verdict().word());
    }

    /** A check with its object and column. */
    static String name(CheckResult result) {
        QualityQuery query = result.query();
        return query.check().title() + " of " + query.object() + (query.column().isEmpty() ? "" : "." + query.column());
    }
}
