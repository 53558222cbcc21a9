package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.model.TimeSpan;
import io.catalogconnect.contract.report.YamlText;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alert rules from the service levels. The metrics have the names that {@code config/monitoring/jmx-exporter.yml} gives. */
final class AlertRules {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MINUTES_AFTER_DUE = 15;

    private final Contract contract;
    private final String source;
    private final String sink;
    private final List<Map<String, Object>> rules = new ArrayList<>();

    private AlertRules(Contract contract, Environment environment) {
        this.contract = contract;
        this.source = SourceConnector.of(contract, environment).name();
        this.sink = SinkConnector.of(contract, environment).name();
    }

    static List<RenderedFile> of(Contract contract, Environment environment) {
        AlertRules alerts = new AlertRules(contract, environment);
        alerts.running();
        alerts.latency();
        alerts.frequency();
        alerts.due();
        alerts.errorRate();
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", contract.identity().name() + "-" + environment.name());
        group.put("rules", alerts.rules);
        return List.of(new RenderedFile("alerts.yaml", YamlText.of(Map.of("groups", List.of(group)))));
    }

    private void running() {
        add("SourceNotRunning", noRunningTask(source), "10m", source + " has no running task.");
        add("SinkNotRunning", noRunningTask(sink), "10m", sink + " has no running task.");
        add(
                "RecordsRejected",
                "sum(increase(" + metric("sink_rejected_records_total", sink) + "[1h])) > 0",
                "0m",
                sink + " rejects records that cannot be written to a table.");
    }

    private void latency() {
        span("latency")
                .ifPresent(span -> add(
                        "FileLate",
                        "max(" + metric("source_oldest_unread_age_seconds", source) + ") > " + span.toSeconds(),
                        "5m",
                        "A file waits or is being read for longer than the service level latency, " + text(span)
                                + "."));
    }

    /** Does not fire for a source that is younger than the window, whose counter has not increased yet either. */
    private void frequency() {
        span("frequency").ifPresent(span -> {
            Duration window = span.plus(span("latency").orElse(Duration.ZERO));
            String done = metric("source_objects_done_total", source);
            add(
                    "NoFile",
                    "sum(increase(" + done + "[" + text(window) + "])) == 0 and sum(" + done + " offset " + text(window)
                            + ") >= 0",
                    "5m",
                    "No file was read for " + text(window) + ". The service level frequency is " + text(span) + ".");
        });
    }

    /** Fires for a quarter of an hour after the time if no file was read in the day before it. */
    private void due() {
        Optional<ServiceLevel> level = contract.serviceLevel("timeOfAvailability");
        if (level.isEmpty() || !level.get().unit().equals("UTC")) {
            return;
        }
        int due;
        try {
            due = LocalTime.parse(level.get().value()).toSecondOfDay() / 60;
        } catch (DateTimeParseException e) {
            return;
        }
        String minutes = "(hour() * 60 + minute())";
        add(
                "NotAvailableInTime",
                "sum(increase(" + metric("source_objects_done_total", source) + "[" + text(DAY) + "])) == 0 and on() ("
                        + minutes + " >= " + due + " < " + (due + MINUTES_AFTER_DUE) + ")",
                "0m",
                "No file was read in the day before " + level.get().value() + " UTC.");
    }

    /** With {@code rejects: fail}, a malformed row fails the task, and a failed task has no metrics. */
    private void errorRate() {
        if (contract.product().rejects().equals("fail")) {
            return;
        }
        contract.serviceLevel("errorRate")
                .ifPresent(level -> add(
                        "TooManyMalformedRows",
                        "sum(increase(" + metric("source_malformed_rows_total", source) + "[1d])) / sum(increase("
                                + metric("source_rows_total", source) + "[1d])) > " + level.value(),
                        "0m",
                        "More rows are malformed than the service level errorRate, " + level.value() + ", permits."));
    }

    private void add(String name, String expression, String waiting, String summary) {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("severity", "page");
        labels.put("product", contract.identity().name());
        labels.put("team", contract.team().name());
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("alert", name);
        rule.put("expr", expression);
        rule.put("for", waiting);
        rule.put("labels", labels);
        rule.put("annotations", Map.of("summary", summary));
        rules.add(rule);
    }

    private Optional<Duration> span(String property) {
        return contract.serviceLevel(property).flatMap(ServiceLevel::span).map(TimeSpan::duration);
    }

    private static String noRunningTask(String connector) {
        return "absent(kafka_connect_task_status{connector=\"" + connector + "\", status=\"running\"})";
    }

    private static String metric(String name, String connector) {
        return "catalog_connect_" + name + "{connector=\"" + connector + "\"}";
    }

    /** A duration as Prometheus writes it. */
    private static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
