package io.catalogconnect.dryrun.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of a rule for the rows of a file. Texts from the file are escaped and shortened.
 *
 * @param key the configuration key that contains the rule
 * @param name topic, header or key that the rule is called after
 * @param effect what the transformation does with matching records, as a verb phrase; may be empty
 * @param matching number of rows for which it is true
 * @param notMatching number of rows for which it is false
 * @param undecided number of rows for which it is neither
 * @param failing number of undecided rows that fail the task
 * @param firstUndecided the first undecided row; null for none
 * @param firstFailing the first row that fails the task; null for none
 * @param firstMatching the first matching rows
 * @param nulls the columns that are null in at least one row
 */
public record RuleOutcome(
        String key,
        String name,
        String condition,
        String effect,
        long matching,
        long notMatching,
        long undecided,
        long failing,
        @Nullable UndecidedRow firstUndecided,
        @Nullable UndecidedRow firstFailing,
        List<MatchingRow> firstMatching,
        List<NullCount> nulls) {

    /**
     * A row that a rule cannot decide.
     *
     * @param row number of the row in the file
     * @param reason what prevents an answer
     */
    public record UndecidedRow(long row, String reason) {}

    /**
     * A row for which a rule is true.
     *
     * @param row number of the row in the file
     * @param cells in the order of the columns
     */
    public record MatchingRow(long row, List<@Nullable String> cells) {}

    /**
     * How often a column is null.
     *
     * @param matching in rows for which the rule is true
     * @param others in all other rows
     */
    public record NullCount(String column, long matching, long others) {}
}
