package io.catalogconnect.catalogctl.plan;

import java.util.ArrayList;
import java.util.List;

/** A plan as Markdown, for comments of pull requests. Values of secrets are hidden unless they are placeholders. */
public final class PlanMarkdown {
    private static final int MOST_CHARACTERS = 300;

    private PlanMarkdown() {}

    /** The lines of a plan. */
    public static List<String> of(Plan plan, String where) {
        List<String> lines = new ArrayList<>();
        lines.add("### " + cell(PlanText.title(plan) + " on " + where));
        lines.add("");
        lines.add(PlanText.summary(plan));
        if (!plan.changes().isEmpty()) {
            lines.add("");
            lines.add("| | resource | change |");
            lines.add("|---|---|---|");
            plan.changes()
                    .forEach(change -> lines.add("| `" + change.action().symbol() + "` | "
                            + cell(change.resource().toString()) + " | " + details(change) + " |"));
        }
        if (!plan.orphans().isEmpty()
                || !plan.notes().isEmpty()
                || !plan.versions().lines().isEmpty()) {
            lines.add("");
        }
        plan.orphans()
                .forEach(orphan -> lines.add("- " + cell(orphan.toString())
                        + " is not in the contract any more. apply does not delete it, retire does."));
        plan.versions().lines().forEach(line -> lines.add("- " + cell(line)));
        plan.notes().forEach(note -> lines.add("- " + cell(note)));
        return lines;
    }

    private static String details(Change change) {
        List<String> details = new ArrayList<>();
        if (!change.summary().isEmpty()) {
            details.add(cell(change.summary()));
        }
        for (Difference difference : change.differences()) {
            details.add(cell(difference.attribute()) + ": " + value(difference, difference.live()) + " → "
                    + value(difference, difference.wanted()) + (difference.isDrift() ? " (changed outside)" : ""));
        }
        return String.join("<br>", details);
    }

    private static String value(Difference difference, String value) {
        String shown = PlanText.shown(difference.attribute(), value).replaceAll("\\s+", " ");
        return shown.isEmpty() ? "(none)" : cell(shown.substring(0, Math.min(MOST_CHARACTERS, shown.length())));
    }

    /** Text that contains no markup. */
    private static String cell(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([\\\\`*_{}\\[\\]|~#@])", "\\\\$1");
    }
}
