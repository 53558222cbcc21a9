package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.report.JsonText;
import io.catalogconnect.contract.report.MarkdownText;
import io.catalogconnect.contract.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The differences between two versions of a contract, for users.
 *
 * @param file name of the new file
 */
public record ComparisonReport(String file, ContractComparison comparison) {

    /** One line for each change with its place, and a summary line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ContractChange change : comparison.changes()) {
            text.append(String.format(
                    "%s:%d:%d: %s: %s%s%n",
                    file,
                    change.place().line(),
                    change.place().column(),
                    change.level().word(),
                    Report.printable(change.message()),
                    consent(change, " [needs consent: ", "]")));
        }
        return text.append(Report.printable(summary()))
                .append(System.lineSeparator())
                .toString();
    }

    /** A JSON object. */
    public String json() {
        List<Object> changes = new ArrayList<>();
        for (ContractChange change : comparison.changes()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("level", change.level().word());
            entry.put("line", change.place().line());
            entry.put("column", change.place().column());
            entry.put("objects", change.objects());
            entry.put("text", change.text());
            entry.put("consent", consent(change, "", ""));
            changes.add(entry);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", file);
        all.put("from", comparison.oldVersion());
        all.put("to", comparison.newVersion());
        all.put("refusal", comparison.refusal().orElse(""));
        all.put("changes", changes);
        return JsonText.of(all);
    }

    /** A table for a review. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        if (!comparison.changes().isEmpty()) {
            text.append("| level | objects | change | line |\n|---|---|---|---|\n");
        }
        for (ContractChange change : comparison.changes()) {
            text.append("| ")
                    .append(change.level().word())
                    .append(" | ")
                    .append(MarkdownText.of(String.join(", ", change.objects())))
                    .append(" | ")
                    .append(MarkdownText.of(change.text()))
                    .append(consent(change, " (needs consent: ", ")"))
                    .append(" | ")
                    .append(change.place().line())
                    .append(" |\n");
        }
        return text.append(text.isEmpty() ? "" : "\n")
                .append(MarkdownText.of(summary()))
                .append('\n')
                .toString();
    }

    private String summary() {
        if (comparison.changes().isEmpty() && comparison.refusal().isEmpty()) {
            return "No differences.";
        }
        int number = comparison.changes().size();
        String versions = comparison.oldVersion().equals(comparison.newVersion())
                ? comparison.newVersion()
                : comparison.oldVersion() + " -> " + comparison.newVersion();
        return versions + ": " + number + (number == 1 ? " change. " : " changes. ")
                + comparison.refusal().orElse("The version number permits this.");
    }

    private static String consent(ContractChange change, String before, String after) {
        return change.consent() == Consent.NONE
                ? ""
                : before + change.consent().name().toLowerCase(Locale.ROOT) + after;
    }
}
