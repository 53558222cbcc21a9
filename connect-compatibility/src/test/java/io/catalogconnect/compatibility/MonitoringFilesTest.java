package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.compatibility.MonitoringFiles.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of config/monitoring, as far as no worker is needed. {@code ComposeWorkerIT} compares their metrics with a worker's. */
final class MonitoringFilesTest {
    private static final Exposition EXPOSITION = Exposition.parse("""
            # TYPE rows_total counter
            rows_total{connector="a",task="0"} 1.0
            rows_total{connector="b"} 2.0
            lag{connector="a",topic="x, y=\\"z\\"}"} 3
            """);

    private final MonitoringFiles files = new MonitoringFiles(Path.of(".."));

    @Test
    void everyExpressionIsUnderstood() throws IOException {
        assertThat(files.expressions())
                .hasSizeGreaterThan(30)
                .allSatisfy(expression ->
                        assertThat(PromQl.parse(expression.text()).selectors()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rows_total                                             | ''",
                "rate(rows_total{connector=~\"$connector\"}[5m]) > 0.5   | ''",
                "sum by (connector) (increase(rows_total[$__rate_interval])) == 0 and max(lag) > bool 10 | ''",
                "min_over_time((sum by (connector) (rate(rows_total[5m])) > bool 0)[15m:5m]) == 1 | ''",
                "sum(increase(rows_total[1d])) == 0 and on (connector) sum(rows_total offset 1d) >= 0 | ''",
                "lags offset 5m > 1                                     | lags",
                "up{job=\"x\"} == 0                                       | ''",
                "label_values(lag, topic)                               | ''",
                "rows_totals                                            | rows_totals",
                "sum(rate(rows_total[5m])) and lags > 1                 | lags",
                "rows_total{topic=\"x\"}                                  | rows_total{topic}",
                "max by (topic) (rows_total)                            | rows_total{topic}",
                "sum by (task) (rows_total)                             | rows_total{task}",
                "label_values(lag, partition)                           | lag{partition}"
            })
    void nameThatTheWorkerDoesNotServeIsFound(String expression, String missing) {
        assertThat(EXPOSITION.missing(PromQl.parse(expression), Set.of()))
                .containsExactlyElementsOf(missing.isEmpty() ? List.of() : List.of(missing));
    }

    @Test
    void labelThatATextShowsMustSurviveTheAggregation() {
        assertThat(EXPOSITION.missing(PromQl.parse("max by (connector) (lag)"), Set.of("connector", "topic")))
                .containsExactly("{topic} after aggregation");
        assertThat(EXPOSITION.missing(PromQl.parse("lag"), Set.of("topic", "partition")))
                .containsExactly("lag{partition}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "histogram_quantile(0.9, rows_total)",
                "{__name__=\"rows_total\"}",
                "rows_total[5 minutes]",
                "rows_total offset 5m > @ 3",
                "sum by connector (rows_total)",
                "rows_total{connector}",
                "1 > 0"
            })
    void expressionThatIsNotUnderstoodIsRefused(String expression) {
        assertThatThrownBy(() -> PromQl.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not understood at character ")
                .hasMessageEndingWith(expression);
    }

    @Test
    void everyAlertHasASeverityASummaryAndALineInTheOperationsGuide() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "operations.md"));
        List<String> documented = guide.lines()
                .filter(line -> line.matches("\\| `[A-Z]\\w+` \\|.*"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(files.alerts())
                .allSatisfy(alert -> {
                    assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning");
                    assertThat(alert.path("annotations").path("summary").asText())
                            .isNotEmpty();
                })
                .extracting(alert -> alert.path("alert").asText())
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(documented);
    }

    /** Workers of Kafka 4.1 and later serve such a topic twice. */
    @Test
    void lagOfATopicWithADotIsReadOnce() throws IOException {
        String lag = "kafka_connect_sink_task_lag_records";
        assertThat(files.expressions())
                .extracting(Expression::text)
                .filteredOn(text -> text.contains(lag))
                .hasSize(3)
                .allSatisfy(text -> assertThat(text.replaceAll(lag + "\\{[^}]*topic!~\"[.][*]\\[[.]][.][*]\"}", ""))
                        .doesNotContain(lag));
    }

    @Test
    void alertsAskForTheJobThatPrometheusScrapes() throws IOException {
        JsonNode prometheus = files.yaml("prometheus.yml");
        String job = prometheus.path("scrape_configs").path(0).path("job_name").asText();
        assertThat(files.expressions())
                .extracting(Expression::text)
                .filteredOn(text -> text.contains("job="))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).contains("job=\"" + job + "\""));
        assertThat(prometheus.path("rule_files").path(0).asText()).isEqualTo("alerts.yml");
    }

    @Test
    void prometheusScrapesThePortOfTheComposeWorker() throws IOException {
        String target = files.yaml("prometheus.yml")
                .at("/scrape_configs/0/static_configs/0/targets/0")
                .asText();
        assertThat(target).startsWith("connect:");
        assertThat(ComposeFile.read(Path.of("..")).environment("connect"))
                .extractingByKey("KAFKA_OPTS")
                .asString()
                .contains("=" + target.substring("connect:".length()) + ":");
    }

    @Test
    void panelsDoNotOverlapAndHaveADescription() throws IOException {
        Set<String> taken = new HashSet<>();
        List<String> overlaps = new ArrayList<>();
        for (JsonNode panel : files.dashboard().path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt();
                    x < place.path("x").asInt() + place.path("w").asInt();
                    x++) {
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    if (!taken.add(x + "," + y)) {
                        overlaps.add(panel.path("title").asText());
                    }
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).isNotEmpty();
            }
        }
        assertThat(taken).isNotEmpty();
        assertThat(overlaps).isEmpty();
    }

    @Test
    void everyMetricOfThePluginsHasARule() throws IOException {
        String rules = Files.readString(Path.of("..", "config", "monitoring", "jmx-exporter.yml"));
        Set<String> exported = new HashSet<>(List.of(rules.split("[^a-z-]+", -1)));
        for (String page : List.of("s3-csv-source.md", "bigquery-partition-sink.md")) {
            Set<String> documented = Files.readAllLines(Path.of("..", "docs", "metrics", page)).stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.substring(3, line.indexOf('`', 3)))
                    .collect(Collectors.toSet());
            assertThat(documented).hasSizeGreaterThan(10);
            assertThat(exported).containsAll(documented);
        }
    }
}
