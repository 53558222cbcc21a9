package io.catalogconnect.catalogctl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.quality.QualityQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class QualityRunTest {
    private final FakeServices services = new FakeServices();

    @Test
    void checksThatHoldEndWithSuccess() throws IOException {
        CheckReport report = report(queries());
        assertThat(report.isFailure()).isFalse();
        assertThat(text(report))
                .contains("object                 column    check          severity  wanted  measured  verdict")
                .contains("product_catalog                  raw-not-empty  error     > 0     200       holds")
                .endsWith(String.format("11 checks: 11 hold, 0 fail, 0 not measured, 0 skipped%n"));
    }

    @Test
    void checkThatDoesNotHoldIsShownWithItsPlaceAndQuery() throws IOException {
        List<QualityQuery> queries = queries();
        String sql = sql(queries, "a-misses-none");
        services.numbers.put(sql, Optional.of(BigDecimal.ONE));
        CheckReport report = report(queries);
        assertThat(report.isFailure()).isTrue();
        assertThat(text(report))
                .contains(String.format(
                        "a.yaml:216:9: error: a-misses-none of products_with_image: The number must be = 0, but it is 1.%n"
                                + "  %s%n",
                        sql))
                .endsWith(String.format("11 checks: 10 hold, 1 fail, 0 not measured, 0 skipped%n"));
    }

    /** Each query would wait for the answer. */
    @Test
    void checksAreNotRunIfBigQueryDoesNotAnswer() throws IOException {
        List<QualityQuery> queries = queries();
        services.down.add("BigQuery");
        CheckReport report = report(queries);
        assertThat(services.measured).isEqualTo(1);
        assertThat(report.isFailure()).isTrue();
        assertThat(text(report)).endsWith(String.format("11 checks: 0 hold, 0 fail, 11 not measured, 0 skipped%n"));
        assertThat(report.results()).extracting(CheckResult::message).containsOnly("BigQuery: no response.");
    }

    @Test
    void checkOfALowerSeverityOnlyWarns() throws IOException {
        List<QualityQuery> queries =
                queries("mustBe: 0, dimension: completeness, severity: error}", "mustBe: 9, severity: warning}");
        CheckReport report = report(queries);
        assertThat(report.isFailure()).isFalse();
        assertThat(text(report)).contains("a.yaml:157:13: warning: brand-given of product_catalog.brand: The number");
        assertThat(JunitXml.of("s", report.results()))
                .contains("failures=\"0\"")
                .contains("<system-out>The number must be = 9, but it is 0.</system-out>");
    }

    @Test
    void checkThatCannotBeMeasuredFails() throws IOException {
        List<QualityQuery> queries = queries();
        services.numbers.put(sql(queries, "raw-not-empty"), Optional.empty());
        services.numbers.remove(sql(queries, "b-only-such"));
        CheckReport report = report(queries);
        assertThat(report.isFailure()).isTrue();
        assertThat(text(report))
                .contains("raw-not-empty of product_catalog: The query returned NULL, not a number.")
                .contains("b-only-such of samsung_without_image: BigQuery refuses SELECT");
    }

    @Test
    void checkForAnotherEngineIsSkipped() throws IOException {
        CheckReport report =
                report(queries("metric: nullValues, mustBe: 0, dimension: completeness", "type: custom, engine: soda"));
        assertThat(report.isFailure()).isFalse();
        assertThat(text(report)).endsWith(String.format("11 checks: 8 hold, 0 fail, 0 not measured, 3 skipped%n"));
        assertThat(JunitXml.of("s", report.results())).contains("skipped=\"3\"", "Its type is custom");
    }

    @Test
    void junitOutputNamesEachCheckAndEscapesTheQuery() throws IOException {
        List<QualityQuery> queries = queries();
        services.numbers.put(sql(queries, "b-only-such"), Optional.of(BigDecimal.TEN));
        services.numbers.remove(sql(queries, "a-misses-none"));
        assertThat(JunitXml.of("catalog on local", report(queries).results()))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"catalog on local\""
                        + " tests=\"11\" failures=\"1\" errors=\"1\" skipped=\"0\">\n")
                .contains("\n  <testcase classname=\"product_catalog\" name=\"brand-given of product_catalog.brand\">"
                        + "</testcase>\n")
                .contains("<failure message=\"The number must be = 0, but it is 10.\">SELECT COUNT(*)")
                .contains("year_release &lt;= 2000</failure>")
                .contains("<error message=\"BigQuery refuses SELECT ABS(");
    }

    private CheckReport report(List<QualityQuery> queries) {
        return new CheckReport("a.yaml", new QualityRun(services.services().tables(), 1).run(queries));
    }

    private static String sql(List<QualityQuery> queries, String check) {
        return queries.stream()
                .filter(query -> query.check().id().equals(check))
                .findFirst()
                .orElseThrow()
                .sql();
    }

    /** The queries of a contract. All checks hold. */
    private List<QualityQuery> queries(String... replacements) throws IOException {
        String text = Contracts.replaced(Contracts.text("product-catalog"), replacements);
        ContractFile file = ContractFile.check("a.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(file.findings()).isEmpty();
        List<QualityQuery> queries =
                QualityQuery.of(Optional.ofNullable(file.contract()).orElseThrow());
        queries.forEach(query -> services.numbers.put(
                query.sql(),
                Optional.of(query.check().id().equals("raw-not-empty") ? new BigDecimal(200) : BigDecimal.ZERO)));
        return queries;
    }

    private static String text(CheckReport report) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text, true));
        return text.toString();
    }
}
