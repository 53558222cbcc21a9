package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import com.google.api.services.bigquery.model.TableReference;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Carries out {@code tabledata.insertAll}. Drops a row whose insertId was used within the last minute. Thread-safe. */
public final class RowInserts {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Warehouse warehouse;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    public RowInserts(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** Inserts the rows of a request. If a row is malformed, inserts none, or with {@code skipInvalidRows} the valid ones. */
    public TableDataInsertAllResponse insert(TableReference reference, JsonObject request) throws SQLException {
        if (request.has("templateSuffix") && !request.get("templateSuffix").isJsonNull()) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no templateSuffix");
        }
        JsonElement rows = request.get("rows");
        if (rows == null || !rows.isJsonArray() || rows.getAsJsonArray().isEmpty()) {
            throw ServiceError.invalid("No rows present in the request.");
        }
        TableRows.Decorated name = TableRows.Decorated.of(reference);
        return warehouse.inTransaction(session -> {
            StoredTable table = session.catalog().requireTable(name.table());
            if (table.isView()) {
                throw ServiceError.invalid("Cannot insert rows into a table of type VIEW.");
            }
            Instant now = warehouse.clock().instant();
            Parsed parsed = parse(rows.getAsJsonArray(), table, flag(request, "ignoreUnknownValues"), now);
            TableDataInsertAllResponse response =
                    new TableDataInsertAllResponse().setKind("bigquery#tableDataInsertAllResponse");
            boolean skip = flag(request, "skipInvalidRows");
            if (!parsed.errors().isEmpty()) {
                response.setInsertErrors(errors(parsed, rows.getAsJsonArray().size(), skip));
            }
            if (parsed.errors().isEmpty() || skip) {
                @Nullable
                Instant partition =
                        name.partition().isEmpty() || !table.partitioning().byIngestionTime()
                                ? null
                                : table.partitioning().startOf(name.partition());
                if (!name.partition().isEmpty() && partition == null) {
                    throw ServiceError.invalid("Streaming to metadata partition of column based partitioning table "
                            + table.ref() + " is disallowed.");
                }
                session.append(table, fresh(table, parsed.rows(), now), partition);
            }
            return response;
        });
    }

    /** A valid row and its insertId, which is empty if the row has none. */
    private static final class Row {
        private final String insertId;
        private final @Nullable Object[] values;

        Row(String insertId, @Nullable Object[] values) {
            this.insertId = insertId;
            this.values = values;
        }
    }

    private record Parsed(List<Row> rows, Map<Integer, MalformedRowException> errors) {}

    private static Parsed parse(JsonArray rows, StoredTable table, boolean ignoreUnknown, Instant now) {
        List<Row> good = new ArrayList<>();
        Map<Integer, MalformedRowException> errors = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            JsonObject row = rows.get(i).getAsJsonObject();
            JsonElement id = row.get("insertId");
            JsonElement json = row.get("json");
            try {
                JsonObject object = json == null || !json.isJsonObject() ? new JsonObject() : json.getAsJsonObject();
                good.add(new Row(
                        id == null || id.isJsonNull() ? "" : id.getAsString(),
                        JsonRow.of(object, table.columns(), ignoreUnknown, now)));
            } catch (MalformedRowException e) {
                errors.put(i, e);
            }
        }
        return new Parsed(good, errors);
    }

    private static List<TableDataInsertAllResponse.InsertErrors> errors(Parsed parsed, int count, boolean skip) {
        List<TableDataInsertAllResponse.InsertErrors> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MalformedRowException bad = parsed.errors().get(i);
            if (bad == null && skip) {
                continue;
            }
            ErrorProto error = bad == null
                    ? new ErrorProto()
                            .setReason("stopped")
                            .setLocation("")
                            .setDebugInfo("")
                            .setMessage("")
                    : new ErrorProto()
                            .setReason("invalid")
                            .setLocation(bad.field())
                            .setDebugInfo("")
                            .setMessage(bad.getMessage());
            list.add(new TableDataInsertAllResponse.InsertErrors()
                    .setIndex((long) i)
                    .setErrors(new ArrayList<>(List.of(error))));
        }
        return list;
    }

    private List<@Nullable Object[]> fresh(StoredTable table, List<Row> rows, Instant now) {
        List<@Nullable Object[]> fresh = new ArrayList<>();
        synchronized (seen) {
            seen.values().removeIf(time -> time.plus(REMEMBERED).isBefore(now));
            for (Row row : rows) {
                if (row.insertId.isEmpty()
                        || seen.putIfAbsent(table.physicalName() + "/" + row.insertId, now) == null) {
                    fresh.add(row.values);
                }
            }
        }
        return fresh;
    }

    private static boolean flag(JsonObject request, String name) {
        return request.has(name)
                && !request.get(name).isJsonNull()
                && request.get(name).getAsBoolean();
    }
}
