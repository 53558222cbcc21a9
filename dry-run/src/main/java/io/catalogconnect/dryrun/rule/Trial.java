package io.catalogconnect.dryrun.rule;

import java.util.List;

/**
 * The results of rules for the rows of a file.
 *
 * @param rows number of rows, malformed rows included
 * @param malformedRows number of rows for which no rule was evaluated, because the source does not send them
 * @param malformed the first malformed rows: position and reason
 * @param columns names of the columns, in the order of the cells
 * @param hints what a user should know, as sentences
 */
public record Trial(
        String file,
        long rows,
        long malformedRows,
        List<String> malformed,
        List<String> columns,
        List<RuleOutcome> rules,
        List<String> hints) {}
