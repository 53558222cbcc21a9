package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.lint.SecretKeys;
import java.util.ArrayList;
import java.util.List;

/** A plan for people. Values of secrets are hidden unless they are placeholders. */
public final class PlanText {
    private static final int MOST_CHARACTERS = 60;

    private final List<String> lines = new ArrayList<>();

    private PlanText() {}

    /**
     * The lines of a plan.
     *
     * @param where the environment and its addresses
     */
    public static List<String> of(Plan plan, String where) {
        PlanText text = new PlanText();
        text.lines.add(title(plan) + " on " + where);
        if (plan.fromVersion().isEmpty()) {
            text.lines.add("The contract was not applied here before.");
        }
        text.lines.add("");
        plan.changes().forEach(text::add);
        plan.orphans()
                .forEach(orphan -> text.lines.add(
                        "  - " + orphan + "  is not in the contract any more. apply does not delete it, retire does."));
        plan.versions().lines().forEach(line -> text.lines.add("  " + line));
        plan.notes().forEach(note -> text.lines.add("  note: " + note));
        if (text.lines.get(text.lines.size() - 1).isEmpty()) {
            text.lines.add("  nothing differs");
        }
        text.lines.add("");
        text.lines.add(summary(plan));
        return text.lines;
    }

    /** Name and version of a contract, as in {@code product-catalog 1.2.0 -> 1.3.0}. */
    public static String title(Plan plan) {
        Desired desired = plan.desired();
        String from = plan.fromVersion();
        boolean isSame = from.isEmpty() || from.equals(desired.version());
        return desired.name() + " " + (isSame ? "" : from + " -> ") + desired.version();
    }

    /** The numbers of changes. */
    public static String summary(Plan plan) {
        if (plan.changes().isEmpty()) {
            return "No changes.";
        }
        int create = plan.changes(Action.CREATE).size();
        int change = plan.changes(Action.CHANGE).size();
        int drift = plan.changes(Action.DRIFT).size();
        int adopt = plan.changes(Action.ADOPT).size();
        int refuse = plan.changes(Action.REFUSE).size();
        return "Plan: " + create + " to create, " + change + " to change"
                + (drift == 0 ? "" : ", " + drift + " changed outside of the contract to restore")
                + (adopt == 0 ? "" : ", " + adopt + " to adopt")
                + (refuse == 0 ? "" : ", " + refuse + " refused") + ".";
    }

    private void add(Change change) {
        String kind = change.resource().kind().word();
        String line = "  " + change.action().symbol() + " " + pad(kind, 10)
                + change.resource().name();
        lines.add(change.summary().isEmpty() ? line : pad(line, 40) + "  " + change.summary());
        change.differences().forEach(this::add);
    }

    private void add(Difference difference) {
        String wanted = shown(difference.attribute(), difference.wanted());
        String live = shown(difference.attribute(), difference.live());
        String indent = "      " + (difference.isDrift() ? "? " : "") + difference.attribute();
        if (isLong(wanted) || isLong(live)) {
            lines.add(indent);
            live.lines()
                    .filter(line -> wanted.lines().noneMatch(line::equals))
                    .forEach(line -> lines.add("        - " + line));
            wanted.lines()
                    .filter(line -> live.lines().noneMatch(line::equals))
                    .forEach(line -> lines.add("        + " + line));
        } else if (difference.live().isEmpty()) {
            lines.add(indent + "  + " + wanted);
        } else if (difference.wanted().isEmpty()) {
            lines.add(indent + "  - " + live + (difference.isDrift() ? "  (not in the contract)" : ""));
        } else {
            lines.add(indent + "  " + wanted + ", live " + live);
        }
    }

    private static boolean isLong(String value) {
        return value.length() > MOST_CHARACTERS || value.contains("\n");
    }

    /** A value without control characters; hidden if it is a secret that is written out. */
    static String shown(String attribute, String value) {
        return SecretKeys.shown(attribute, value).replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
