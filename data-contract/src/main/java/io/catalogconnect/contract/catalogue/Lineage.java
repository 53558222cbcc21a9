package io.catalogconnect.contract.catalogue;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.report.MarkdownText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The way of the rows from S3 to the tables.
 *
 * @param files address of the files
 * @param branches one for each object
 */
record Lineage(String files, String connector, List<Branch> branches) implements Block {
    private static final String ARROW = "<span class=\"arrow\">&#8594;</span>";

    /**
     * A topic and its table.
     *
     * @param rule condition of the rows; empty for all rows
     */
    record Branch(String rule, String topic, String table) {}

    /** The lineage of a contract. Environments differ in addresses only, so the first one is shown. */
    static Lineage of(Contract contract) {
        return new Lineage(
                contract.landings().isEmpty() ? "" : contract.landings().get(0).location(),
                contract.sourceConnector(),
                contract.objects().stream().map(Lineage::branch).toList());
    }

    private static Branch branch(DataObject object) {
        return new Branch(object.rule(), object.topic(), object.physicalName());
    }

    @Override
    public String html() {
        String boxes = branches.stream()
                .map(branch -> "<div class=\"branch\">" + box("topic", branch.topic(), condition(branch)) + ARROW
                        + box("table", branch.table(), "") + "</div>\n")
                .collect(Collectors.joining());
        return "<div class=\"lineage\">\n" + box("CSV files in S3", files, "") + ARROW + "\n"
                + box("source connector", connector, "") + ARROW + "\n<div class=\"branches\">\n" + boxes
                + "</div>\n</div>\n";
    }

    private static String condition(Branch branch) {
        return branch.rule().isEmpty() ? "all rows" : "rows with " + branch.rule();
    }

    private static String box(String kind, String name, String note) {
        return "<div class=\"box\"><small>" + kind + "</small>" + Html.of(name)
                + (note.isEmpty() ? "" : "<small>" + Html.of(note) + "</small>") + "</div>";
    }

    @Override
    public String markdown() {
        return branches.stream()
                .map(branch -> "- " + MarkdownText.code(files) + " → " + MarkdownText.code(connector) + " → "
                        + MarkdownText.code(branch.topic()) + " → " + MarkdownText.code(branch.table()) + ": "
                        + (branch.rule().isEmpty() ? "all rows" : "rows with ")
                        + (branch.rule().isEmpty() ? "" : MarkdownText.code(branch.rule())) + "\n")
                .collect(Collectors.joining());
    }
}
