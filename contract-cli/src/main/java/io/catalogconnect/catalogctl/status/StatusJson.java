package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.live.ReplayLog.OpenReplay;
import io.catalogconnect.catalogctl.status.FileState.Phase;
import io.catalogconnect.catalogctl.status.Status.ConnectorState;
import io.catalogconnect.catalogctl.status.Status.Files;
import io.catalogconnect.catalogctl.status.Status.TableState;
import io.catalogconnect.catalogctl.status.Status.TopicState;
import io.catalogconnect.catalogctl.status.Status.TopicState.Use;
import io.catalogconnect.contract.report.JsonText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state as JSON; {@code docs/status.schema.json} is its schema. */
public final class StatusJson {
    private static final int MOST_READ_FILES = 100;

    private StatusJson() {}

    /** The JSON text of a state: an object. */
    public static String of(Status status) {
        return JsonText.of(values(status));
    }

    /** The JSON text of several states: an array. */
    public static String of(List<Status> states) {
        return JsonText.of(states.stream().map(StatusJson::values).toList());
    }

    private static Map<String, @Nullable Object> values(Status status) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("contract", status.product().name());
        values.put("contractId", status.product().id());
        values.put("version", status.product().version());
        values.put("environment", status.product().environment());
        values.put("at", status.at().toString());
        values.put("healthy", status.isHealthy());
        values.put("shown", status.isShown());
        values.put("serviceLevels", levels(status.levels()));
        Operations operations = status.operations();
        values.put("applied", operations.applied().map(StatusJson::apply).orElse(null));
        values.put(
                "unfinishedApply",
                operations.unfinished().map(StatusJson::apply).orElse(null));
        values.put("replay", operations.replay().map(StatusJson::replay).orElse(null));
        values.put("inUseBy", operations.holder().orElse(null));
        values.put("unavailable", outages(status));
        values.put(
                "connectors",
                status.connectors().stream().map(StatusJson::connector).toList());
        values.put("topics", status.topics().stream().map(StatusJson::topic).toList());
        values.put(
                "tables",
                status.tables().stream().map(table -> table(status, table)).toList());
        values.put("files", status.isKnown(Service.CONNECT) ? files(status.files()) : null);
        values.put(
                "problems", status.problems().stream().map(StatusJson::problem).toList());
        return values;
    }

    private static Map<String, Object> levels(Levels levels) {
        Map<String, Object> values = new LinkedHashMap<>();
        levels.latency().map(Duration::toSeconds).ifPresent(value -> values.put("latencySeconds", value));
        levels.frequency().map(Duration::toSeconds).ifPresent(value -> values.put("frequencySeconds", value));
        levels.due().map(LocalTime::toString).ifPresent(value -> values.put("timeOfAvailability", value));
        levels.errorRate().map(BigDecimal::doubleValue).ifPresent(value -> values.put("errorRate", value));
        return values;
    }

    private static Map<String, Object> apply(Operations.Apply apply) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("apply", apply.number());
        values.put("version", apply.version());
        values.put("at", apply.at().toString());
        values.put("by", apply.who());
        return values;
    }

    private static List<Object> outages(Status status) {
        List<Object> outages = new ArrayList<>();
        for (Service service : Service.values()) {
            String error = status.outages().get(service);
            if (error != null) {
                outages.add(Map.of("service", service.title(), "error", error));
            }
        }
        return outages;
    }

    private static Map<String, Object> topic(TopicState topic) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", topic.name());
        values.put("use", topic.use().words());
        values.put("exists", topic.exists());
        boolean isCounted = topic.use() == Use.MALFORMED_ROWS || topic.use() == Use.DEAD_LETTERS;
        if (isCounted && topic.records() >= 0) {
            values.put("records", topic.records());
        }
        return values;
    }

    private static Map<String, Object> connector(ConnectorState connector) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("role", connector.role());
        values.put("name", connector.name());
        values.put("state", connector.state());
        values.put("tasks", connector.tasks());
        values.put("plugin", connector.plugin());
        values.put("pluginVersion", connector.version());
        values.put("error", connector.error());
        return values;
    }

    /** Without the values that are not known. */
    private static Map<String, Object> table(Status status, TableState table) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", table.name());
        values.put("topic", table.topic());
        if (status.isKnown(Service.BIGQUERY)) {
            values.put("exists", table.exists());
            values.put("rows", table.rows());
            values.put("partitions", table.partitions());
            values.put("newestPartition", table.newest());
            table.newestRow().ifPresent(time -> values.put("newestRowAt", time.toString()));
        }
        if (status.isKnown(Service.KAFKA)) {
            values.put("lag", table.lag());
        }
        return values;
    }

    private static Map<String, Object> files(Files files) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("listed", files.isListed());
        values.put("notListed", files.notListed());
        values.put("read", files.count(Phase.READ));
        values.put("open", files.count(Phase.OPEN));
        values.put("waiting", files.count(Phase.WAITING));
        values.put("rows", files.rows());
        values.put("malformedRows", files.malformedRows());
        List<Object> newest = new ArrayList<>();
        files.all().stream().filter(file -> file.phase() != Phase.READ).forEach(file -> newest.add(file(file)));
        files.all().stream()
                .filter(file -> file.phase() == Phase.READ)
                .limit(MOST_READ_FILES)
                .forEach(file -> newest.add(file(file)));
        values.put("newest", newest);
        return values;
    }

    private static Map<String, Object> file(FileState file) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("uri", file.uri());
        values.put("date", file.date());
        values.put("phase", file.phase().word());
        values.put("deliveredAt", file.delivered().toString());
        values.put("size", file.size());
        values.put("bytesRead", file.bytesRead());
        values.put("rows", file.rows());
        values.put("malformedRows", file.malformedRows());
        return values;
    }

    private static Map<String, Object> replay(OpenReplay replay) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("number", replay.number());
        values.put("files", replay.what());
        values.put("begunAt", replay.at().toString());
        values.put("by", replay.who());
        return values;
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("what", problem.what());
        problem.since().ifPresent(time -> values.put("since", time.toString()));
        values.put("advice", problem.advice());
        return values;
    }
}
