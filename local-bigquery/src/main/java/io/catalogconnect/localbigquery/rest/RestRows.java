package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.catalogconnect.localbigquery.job.RowPage;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Converts rows to the form of the REST API: {@code {"f":[{"v":"1"}]}}, every scalar as text. */
final class RestRows {
    /* A fraction of a second always has six digits, because some clients parse times by their length. */
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    private final boolean int64Timestamps;

    /** @param int64Timestamps true if a TIMESTAMP is written as whole microseconds, false for seconds with a fraction */
    RestRows(boolean int64Timestamps) {
        this.int64Timestamps = int64Timestamps;
    }

    static RestRows of(Request request) {
        return new RestRows(request.flag("formatOptions.useInt64Timestamp"));
    }

    JsonArray rows(RowPage page) {
        JsonArray rows = new JsonArray();
        page.rows().forEach(row -> rows.add(record(row, page.schema())));
        return rows;
    }

    private JsonObject record(JsonArray values, List<TableFieldSchema> schema) {
        JsonArray cells = new JsonArray();
        for (int i = 0; i < schema.size(); i++) {
            TableFieldSchema field = schema.get(i);
            cells.add(cell(
                    "REPEATED".equals(field.getMode()) ? list(values.get(i), field) : value(values.get(i), field)));
        }
        JsonObject record = new JsonObject();
        record.add("f", cells);
        return record;
    }

    private static JsonObject cell(JsonElement value) {
        JsonObject cell = new JsonObject();
        cell.add("v", value);
        return cell;
    }

    private JsonElement list(JsonElement values, TableFieldSchema field) {
        JsonArray list = new JsonArray();
        if (!values.isJsonNull()) {
            values.getAsJsonArray().forEach(value -> list.add(cell(value(value, field))));
        }
        return list;
    }

    private JsonElement value(JsonElement value, TableFieldSchema field) {
        if (value.isJsonNull()) {
            return JsonNull.INSTANCE;
        }
        if (field.getType().equals("RECORD") || field.getType().equals("STRUCT")) {
            return record(value.getAsJsonArray(), field.getFields());
        }
        return new JsonPrimitive(text(value.getAsString(), field.getType()));
    }

    private String text(String raw, String type) {
        return switch (type) {
            case "TIMESTAMP" -> int64Timestamps ? raw : seconds(Long.parseLong(raw));
            case "DATETIME" -> dateTime(Long.parseLong(raw));
            case "TIME" -> raw.length() > 8 ? (raw + "00000").substring(0, 15) : raw;
            case "NUMERIC", "BIGNUMERIC" ->
                new BigDecimal(raw).signum() == 0
                        ? "0"
                        : new BigDecimal(raw).stripTrailingZeros().toPlainString();
            default -> raw;
        };
    }

    private static String seconds(long micros) {
        return Double.toString(micros / 1e6);
    }

    private static String dateTime(long micros) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
        return (micros % 1_000_000L == 0 ? SECONDS : MICROS).format(time);
    }
}
