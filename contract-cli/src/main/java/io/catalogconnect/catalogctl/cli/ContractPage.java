package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.live.ResultRows;
import io.catalogconnect.catalogctl.live.Tables;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.Status;
import io.catalogconnect.catalogctl.status.StatusJson;
import io.catalogconnect.catalogctl.status.StatusReader;
import io.catalogconnect.catalogctl.web.PageData;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.report.JsonText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The status page of a contract. The state is read at most once in two seconds, however many pages are open. */
final class ContractPage implements PageData {
    private static final Duration LIFE = Duration.ofSeconds(2);
    private static final int MOST_ROWS = 100;
    private static final int PREVIEW_ROWS = 10;
    private static final int MOST_PARTITIONS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Desired desired;
    private final StatusReader reader;
    private final Tables tables;
    private final long maxBytes;
    private final Clock clock;
    private String status = "";
    private Instant until = Instant.MIN;

    /** @param maxBytes bytes that a query of the page may read */
    ContractPage(Desired desired, StatusReader reader, Tables tables, long maxBytes, Clock clock) {
        this.desired = desired;
        this.reader = reader;
        this.tables = tables;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public synchronized String status() throws InterruptedException {
        if (clock.instant().isAfter(until)) {
            Status read = reader.read();
            status = StatusJson.of(read);
            until = clock.instant().plus(LIFE);
        }
        return status;
    }

    @Override
    public String table(String name) {
        if (desired.tables().stream().noneMatch(table -> table.name().equals(name))) {
            throw new LiveException("The contract has no table " + name + ".", null);
        }
        TableSpec table =
                tables.find(name).orElseThrow(() -> new LiveException("The table " + name + " does not exist.", null));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put(
                "columns",
                table.columns().stream()
                        .map(column -> column(column.name(), column.type()))
                        .toList());
        values.put(
                "partitions",
                tables.partitions(name, MOST_PARTITIONS).entrySet().stream()
                        .map(partition -> partition(partition.getKey(), partition.getValue()))
                        .toList());
        values.put("preview", values(tables.preview(name, PREVIEW_ROWS)));
        return JsonText.of(values);
    }

    private static Map<String, Object> partition(String id, long rows) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("rows", rows);
        return values;
    }

    private static Map<String, Object> column(String name, String type) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("type", type);
        return values;
    }

    @Override
    public String query(String request) {
        return JsonText.of(values(tables.select(sql(request), maxBytes, MOST_ROWS)));
    }

    private static String sql(String request) {
        try {
            JsonNode sql = JSON.readTree(request).path("sql");
            if (!sql.isTextual() || sql.asText().isBlank()) {
                throw new IllegalArgumentException("The request needs a text with the name sql.");
            }
            return sql.asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The request is not JSON.", e);
        }
    }

    private static Map<String, Object> values(ResultRows rows) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("columns", rows.columns());
        values.put("rows", List.copyOf(rows.rows()));
        values.put("cut", rows.isCut());
        return values;
    }
}
