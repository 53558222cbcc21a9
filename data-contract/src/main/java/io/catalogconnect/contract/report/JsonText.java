package io.catalogconnect.contract.report;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON, one value on each line. */
public final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /**
     * The JSON of a value, with a line feed at its end.
     *
     * @param value maps, collections, texts, numbers, booleans and null
     */
    public static String of(@Nullable Object value) {
        JsonText json = new JsonText();
        json.write(value, "\n");
        return json.out.append('\n').toString();
    }

    private void write(@Nullable Object value, String lineBreak) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(lineBreak).append("  ");
                text(String.valueOf(entry.getKey()));
                out.append(": ");
                write(entry.getValue(), lineBreak + "  ");
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : lineBreak + "}");
        } else if (value instanceof Collection<?> list) {
            String separator = "[";
            for (Object item : list) {
                out.append(separator).append(lineBreak).append("  ");
                write(item, lineBreak + "  ");
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : lineBreak + "]");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(value.toString());
        }
    }

    private void text(String value) {
        out.append('"');
        value.chars().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' || c == 0x7f ? String.format("\\u%04x", c) : String.valueOf((char) c));
            }
        });
        out.append('"');
    }
}
