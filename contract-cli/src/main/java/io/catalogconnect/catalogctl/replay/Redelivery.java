package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.SqlText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The effect of rows that arrive again. */
public enum Redelivery {
    /** The rows take the place of those of the same file. */
    NONE,
    /** The rows are added to those of the same file. */
    DUPLICATES,
    /** The rows may replace newer rows with the same key. */
    OLDER_VALUES;

    private static final String KEY_HEADER = "s3.key:";
    private static final String DATE_COLUMN_KEY = "file.date.column";
    private static final int MOST_KEYS = 50;

    /** The effect in the tables of a sink. */
    public static Redelivery of(Map<String, String> sink) {
        return switch (sink.getOrDefault("write.mode", "append")) {
            case "replace" -> NONE;
            case "upsert" -> sink.containsKey("upsert.version.column") ? NONE : OLDER_VALUES;
            default -> DUPLICATES;
        };
    }

    /**
     * Why the replay is refused without a person's consent, as complete sentences; empty if it is not.
     *
     * @param sqlName the name of a table in a statement
     */
    public Optional<String> refusal(Desired desired, ReplayPlan plan, UnaryOperator<String> sqlName) {
        return switch (this) {
            case NONE -> Optional.empty();
            case DUPLICATES ->
                Optional.of("With delivery: append, the rows of these files would be in the tables twice. "
                        + condition(desired, plan)
                                .map(condition -> "Delete them first, and run the command again with --accept"
                                        + " duplicates:" + deletions(desired, condition, sqlName))
                                .orElse("No column names their file, so they cannot be deleted without the rows of"
                                        + " other files. Give the tables a column with the key (header:s3.key) or the"
                                        + " date (fileDate) of the file. With a column for the date, whole dates can be"
                                        + " replayed (--date, --since)."));
            case OLDER_VALUES ->
                Optional.of(
                        "With write.mode=upsert and without upsert.version.column, rows of these files replace newer"
                                + " rows with the same key. --accept older-values runs the replay.");
        };
    }

    /** The condition that only rows of the files meet; empty if no column tells them. */
    private static Optional<String> condition(Desired desired, ReplayPlan plan) {
        Optional<String> keyColumn = Stream.of(desired.sink()
                        .config()
                        .getOrDefault("header.columns", "")
                        .split(",", -1))
                .filter(entry -> entry.startsWith(KEY_HEADER))
                .map(entry -> entry.split(":", -1)[1])
                .findFirst();
        if (keyColumn.isPresent() && plan.objects().size() <= MOST_KEYS) {
            return Optional.of(in(keyColumn.get(), plan.objects().stream().map(DeliveredObject::key)));
        }
        // Only this column has the date that selects files. The partition of a row may be another date.
        String dateColumn = desired.source().config().getOrDefault(DATE_COLUMN_KEY, "");
        Stream<String> dates =
                plan.objects().stream().map(DeliveredObject::date).filter(date -> !date.isEmpty());
        return plan.isOfWholeDates() && !dateColumn.isEmpty() ? Optional.of(in(dateColumn, dates)) : Optional.empty();
    }

    private static String in(String column, Stream<String> values) {
        return SqlText.name(column) + " IN " + SqlText.list(values.distinct().sorted());
    }

    private static String deletions(Desired desired, String condition, UnaryOperator<String> sqlName) {
        return desired.tables().stream()
                .map(table -> "  DELETE FROM " + sqlName.apply(table.name()) + " WHERE " + condition
                        + table.requiredFilter().map(filter -> " AND " + filter).orElse(""))
                .collect(Collectors.joining(System.lineSeparator(), System.lineSeparator(), ""));
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
