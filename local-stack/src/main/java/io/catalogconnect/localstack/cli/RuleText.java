package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints the result of {@code rule} for people. */
final class RuleText {
    private RuleText() {}

    static void print(PrintWriter out, JsonNode trial) {
        out.println("File  " + trial.path("file").asText());
        out.println("Rows  " + InspectionText.rows(trial));
        InspectionText.printList(out, "Malformed rows", trial.path("malformed"));
        List<String> columns = new ArrayList<>(List.of("row"));
        columns.addAll(InspectionText.cells(trial.path("columns")));
        trial.path("rules").forEach(rule -> printRule(out, rule, columns));
        InspectionText.printList(out, "Hints", trial.path("hints"));
    }

    private static void printRule(PrintWriter out, JsonNode rule, List<String> columns) {
        long undecided = rule.path("undecided").asLong();
        out.println();
        out.println(rule.path("name").asText() + ": " + rule.path("condition").asText());
        long matching = rule.path("matching").asLong();
        long all = matching + rule.path("notMatching").asLong() + undecided;
        String effect = rule.path("effect").asText();
        out.println("  " + matching + " of " + all + " rows match"
                + (undecided == 0
                        ? ""
                        : ", " + undecided + " cannot be decided, of which "
                                + rule.path("failing").asLong() + " fail the task")
                + (effect.isEmpty() ? "" : "; the transformation " + effect));
        printNulls(out, rule.path("nulls"));
        List<List<String>> rows = new ArrayList<>();
        rule.path("firstMatching").forEach(row -> {
            List<String> cells = new ArrayList<>(List.of(row.path("row").asText()));
            cells.addAll(InspectionText.cells(row.path("cells")));
            rows.add(cells);
        });
        if (!rows.isEmpty()) {
            out.println();
            InspectionText.printRows(out, "First matching rows", columns, rows);
        }
    }

    private static void printNulls(PrintWriter out, JsonNode nulls) {
        List<List<String>> rows = new ArrayList<>();
        nulls.forEach(column -> rows.add(List.of(
                column.path("column").asText(),
                column.path("matching").asText(),
                column.path("others").asText())));
        if (!rows.isEmpty()) {
            out.println();
            TextTable.print(out, List.of("column", "null in matching rows", "null in other rows"), rows);
        }
    }
}
