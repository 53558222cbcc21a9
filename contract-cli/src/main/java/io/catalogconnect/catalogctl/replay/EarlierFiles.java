package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.yaml.YamlFile;
import io.catalogconnect.contract.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why rows of files that were read before an apply are not as the contract says.
 *
 * @param tables tables that were created later
 * @param isRuleChanged whether a rule was changed later
 */
record EarlierFiles(Set<String> tables, boolean isRuleChanged) {
    /** Nothing. */
    static final EarlierFiles NONE = new EarlierFiles(Set.of(), false);

    private static final String RULE_CHANGED = ": rule changed";

    EarlierFiles {
        tables = new LinkedHashSet<>(tables);
    }

    /**
     * The effects of a plan, and of the applies since the last replay. Those of a complete apply count until the next apply
     * begins.
     */
    static EarlierFiles of(Plan plan, List<LogEntry> log) {
        EarlierFiles all = of(log).and(of(PlanJson.of(plan)));
        return new EarlierFiles(all.wanted(plan.desired()), all.isRuleChanged());
    }

    /** The effects of the applies since the last replay. */
    static EarlierFiles of(List<LogEntry> log) {
        EarlierFiles found = NONE;
        String recorded = "";
        for (LogEntry entry : log) {
            switch (entry.event()) {
                case LogEntry.BEGUN -> {
                    // After an apply that was killed before it was recorded, the version is an earlier one.
                    boolean isNext = entry.fromVersion().equals(recorded);
                    found = (isNext ? NONE : found).and(of(entry));
                    recorded = isNext ? "" : recorded;
                }
                case LogEntry.APPLIED -> recorded = entry.toVersion();
                case ReplayLog.ENDED -> found = NONE;
                default -> {
                    // A failed apply, a step of a replay, or a retirement.
                }
            }
        }
        return found;
    }

    /** The tables that a contract has. */
    Set<String> wanted(Desired desired) {
        Set<String> wanted = desired.tables().stream().map(TableSpec::name).collect(Collectors.toSet());
        Set<String> both = new LinkedHashSet<>(tables);
        both.retainAll(wanted);
        return both;
    }

    /** The first apply creates all tables before a file is read. */
    private static EarlierFiles of(LogEntry begun) {
        return begun.fromVersion().isEmpty() ? NONE : of(begun.plan());
    }

    /** @param plan a plan as JSON, which is YAML too; one that cannot be read has no effects */
    private static EarlierFiles of(String plan) {
        YamlNode root = YamlFile.parse(plan.getBytes(StandardCharsets.UTF_8), new Findings())
                .root();
        Set<String> tables = items(root, "changes")
                .filter(change -> text(change, "action").equals("create"))
                .filter(change -> text(change, "kind").equals("table"))
                .map(change -> text(change, "name"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean isRuleChanged =
                items(root, "versionChanges").anyMatch(line -> text(line).contains(RULE_CHANGED));
        return new EarlierFiles(tables, isRuleChanged);
    }

    private static Stream<YamlNode> items(@Nullable YamlNode node, String key) {
        return entry(node, key) instanceof YamlNode.Sequence list ? list.items().stream() : Stream.empty();
    }

    private static String text(YamlNode node, String key) {
        return text(entry(node, key));
    }

    private static String text(@Nullable YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? scalar.value() : "";
    }

    private static @Nullable YamlNode entry(@Nullable YamlNode node, String key) {
        return node instanceof YamlNode.Mapping mapping ? mapping.entries().get(key) : null;
    }

    private EarlierFiles and(EarlierFiles other) {
        Set<String> all = new LinkedHashSet<>(tables);
        all.addAll(other.tables);
        return new EarlierFiles(all, isRuleChanged || other.isRuleChanged);
    }

    boolean isEmpty() {
        return tables.isEmpty() && !isRuleChanged;
    }

    /** The reasons as sentences. */
    @Override
    public String toString() {
        List<String> sentences = new ArrayList<>();
        if (!tables.isEmpty()) {
            sentences.add("Rows of earlier files are not in " + String.join(", ", tables) + ".");
        }
        if (isRuleChanged) {
            sentences.add("Rows of earlier files stay as the earlier rules have selected them.");
        }
        return String.join(" ", sentences);
    }
}
