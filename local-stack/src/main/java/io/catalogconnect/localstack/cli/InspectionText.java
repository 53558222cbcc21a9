package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints the result of {@code inspect} for people. */
final class InspectionText {
    private static final int SHOWN_COLUMNS = 8;
    private static final String NULL = "NULL";

    private InspectionText() {}

    static void print(PrintWriter out, JsonNode inspection) {
        printFile(out, inspection);
        printColumns(out, inspection.path("columns"));
        printFirstRows(out, inspection);
        printList(out, "Malformed rows", inspection.path("malformed"));
        printList(out, "Hints", inspection.path("hints"));
        out.println();
        out.println("Connector configuration");
        out.println(JsonText.lines(inspection.path("connector")));
    }

    private static void printFile(PrintWriter out, JsonNode inspection) {
        JsonNode file = inspection.path("file");
        JsonNode dialect = inspection.path("dialect");
        JsonNode date = inspection.path("date");
        out.println("File       " + file.path("name").asText() + ", "
                + file.path("size").asLong() + " bytes, "
                + (file.path("compression").asText().equals("none")
                        ? "not compressed"
                        : file.path("compression").asText()));
        out.println("Encoding   " + file.path("charset").asText()
                + (file.path("byteOrderMark").asBoolean() ? " with a byte order mark" : "") + ", lines end with "
                + file.path("lineEnd").asText());
        out.println("Dialect    delimiter " + dialect.path("csv.delimiter").asText() + "  quote "
                + dialect.path("csv.quote").asText() + "  escape "
                + dialect.path("csv.escape").asText() + "  header "
                + dialect.path("csv.header").asText()
                + (dialect.path("csv.skip.lines").asInt() > 0
                        ? "  after " + dialect.path("csv.skip.lines").asText() + " lines"
                        : ""));
        out.println("File date  "
                + (date.isNull()
                        ? "none in the key; the source takes the day of the last modification"
                        : date.path("date").asText() + " by "
                                + date.path("pattern").asText()));
        out.println("Rows       " + rows(inspection));
    }

    private static void printColumns(PrintWriter out, JsonNode columns) {
        boolean hasMalformed = false;
        for (JsonNode column : columns) {
            hasMalformed |= column.path("malformed").asLong() > 0;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode column : columns) {
            JsonNode first = column.path("firstMalformed");
            List<String> cells = new ArrayList<>(List.of(
                    column.path("name").asText(),
                    column.path("type").asText(),
                    column.path("nulls").asText(),
                    column.path("malformed").asText()));
            if (hasMalformed) {
                cells.add(
                        first.isNull()
                                ? ""
                                : "row " + first.path("row").asText() + ": "
                                        + first.path("text").asText());
            }
            cells.add(text(column.path("example")));
            rows.add(cells);
        }
        List<String> header = new ArrayList<>(List.of("column", "type", "nulls", "malformed"));
        if (hasMalformed) {
            header.add("first malformed");
        }
        header.add("example");
        out.println();
        TextTable.print(out, header, rows);
    }

    private static void printFirstRows(PrintWriter out, JsonNode inspection) {
        List<String> header = new ArrayList<>();
        inspection
                .path("columns")
                .forEach(column -> header.add(column.path("name").asText()));
        List<List<String>> rows = new ArrayList<>();
        inspection.path("firstRows").forEach(row -> rows.add(cells(row)));
        out.println();
        printRows(out, "First rows", header, rows);
    }

    /** Prints rows with as many columns as fit on a screen. */
    static void printRows(PrintWriter out, String title, List<String> header, List<List<String>> rows) {
        int shown = Math.min(header.size(), SHOWN_COLUMNS);
        out.println(title + (shown < header.size() ? ", " + shown + " of " + header.size() + " columns" : ""));
        TextTable.print(
                out,
                header.subList(0, shown),
                rows.stream().map(row -> row.subList(0, shown)).toList());
    }

    /** The cells of a row. */
    static List<String> cells(JsonNode row) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(text(cell)));
        return cells;
    }

    /** The number of rows, and how many of them are malformed. */
    static String rows(JsonNode result) {
        long malformed = result.path("malformedRows").asLong();
        return result.path("rows").asLong()
                + (malformed == 0 ? ", none malformed" : ", of which " + malformed + " are malformed");
    }

    /** Prints a list of sentences, if there are any. */
    static void printList(PrintWriter out, String title, JsonNode sentences) {
        if (!sentences.isEmpty()) {
            out.println();
            out.println(title);
            sentences.forEach(sentence -> out.println("- " + sentence.asText()));
        }
    }

    private static String text(JsonNode cell) {
        return cell.isNull() ? NULL : cell.asText();
    }
}
