package io.catalogconnect.dryrun.rule;

import io.catalogconnect.dryrun.file.CellText;
import io.catalogconnect.dryrun.rule.RuleOutcome.MatchingRow;
import io.catalogconnect.dryrun.rule.RuleOutcome.NullCount;
import io.catalogconnect.dryrun.rule.RuleOutcome.UndecidedRow;
import io.catalogconnect.transforms.condition.Verdict;
import io.catalogconnect.transforms.config.ConnectorRules.ConfiguredRule;
import io.catalogconnect.transforms.rule.Fallback;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Evaluates one rule, and counts. */
final class RuleEvaluation {
    private static final int FIRST_ROWS = 5;

    private final ConfiguredRule configured;
    private long matching;
    private long notMatching;
    private long undecided;
    private long failing;
    private @Nullable UndecidedRow firstUndecided;
    private @Nullable UndecidedRow firstFailing;
    private final List<MatchingRow> firstMatching = new ArrayList<>();
    private final long[] nullsInMatching;
    private final long[] nullsInOthers;
    private final List<Field> fields;

    /**
     * Evaluates nothing yet.
     *
     * @param fields the fields of the records' values
     */
    RuleEvaluation(ConfiguredRule configured, List<Field> fields) {
        this.configured = configured;
        this.fields = fields;
        this.nullsInMatching = new long[fields.size()];
        this.nullsInOthers = new long[fields.size()];
    }

    /** Evaluates the rule for the record of a row that has its topic. */
    void add(long row, List<SourceRecord> records) {
        SourceRecord record = records.stream()
                .filter(candidate -> candidate.topic().equals(configured.topic()))
                .findFirst()
                .orElse(records.get(records.size() - 1));
        Struct value = (Struct) record.value();
        Verdict verdict = configured.rule().evaluate(record);
        switch (verdict.kind()) {
            case MATCH -> {
                matching++;
                if (firstMatching.size() < FIRST_ROWS) {
                    firstMatching.add(new MatchingRow(row, cells(value)));
                }
            }
            case NO_MATCH -> notMatching++;
            case NULL ->
                addUndecided(row, verdict, configured.policies().onNull().fallback() == Fallback.FAIL);
            case MISSING ->
                addUndecided(
                        row, verdict, configured.policies().onMissingField().fallback() == Fallback.FAIL);
            case ERROR -> addUndecided(row, verdict, true);
        }
        countNulls(value, verdict.kind() == Verdict.Kind.MATCH ? nullsInMatching : nullsInOthers);
    }

    private void addUndecided(long row, Verdict verdict, boolean fails) {
        undecided++;
        if (firstUndecided == null) {
            firstUndecided = new UndecidedRow(row, verdict.detail());
        }
        if (fails) {
            failing++;
            firstFailing = firstFailing == null ? new UndecidedRow(row, verdict.detail()) : firstFailing;
        }
    }

    private List<@Nullable String> cells(Struct value) {
        List<@Nullable String> cells = new ArrayList<>();
        fields.forEach(field -> cells.add(CellText.of(value, field.name())));
        return cells;
    }

    private void countNulls(Struct value, long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            if (value.get(fields.get(i)) == null) {
                counts[i]++;
            }
        }
    }

    /** The results so far. */
    RuleOutcome outcome() {
        List<NullCount> nulls = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (nullsInMatching[i] + nullsInOthers[i] > 0) {
                nulls.add(new NullCount(CellText.of(fields.get(i).name()), nullsInMatching[i], nullsInOthers[i]));
            }
        }
        return new RuleOutcome(
                configured.key(),
                configured.rule().name(),
                configured.rule().condition(),
                configured.effect(),
                matching,
                notMatching,
                undecided,
                failing,
                firstUndecided,
                firstFailing,
                firstMatching,
                nulls);
    }
}
