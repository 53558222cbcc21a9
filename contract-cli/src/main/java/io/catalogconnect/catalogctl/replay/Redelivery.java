package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TableSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The effect of rows that arrive again. */
public enum Redelivery {
    /** The rows take the place of those of the same file. */
    NONE,
    /** The rows are added to those of the same file. */
    DUPLICATES,
    /** The rows may replace newer rows with the same key. */
    OLDER_VALUES;

    /** The effect in the tables of a contract. */
    public static Redelivery of(Desired desired) {
        Map<String, String> sink = desired.sink().config();
        return switch (sink.getOrDefault("write.mode", "append")) {
            case "replace" -> NONE;
            case "upsert" -> sink.containsKey("upsert.version.column") ? NONE : OLDER_VALUES;
            default -> DUPLICATES;
        };
    }

    /** Why the replay is refused without a person's consent, as complete sentences; empty if it is not. */
    public Optional<String> refusal(Desired desired, ReplayPlan plan) {
        return switch (this) {
            case NONE -> Optional.empty();
            case DUPLICATES ->
                Optional.of("With delivery: append, the rows of these files would be in the tables twice. Delete them"
                        + " first, and run the command again with --accept duplicates:" + deletions(desired, plan));
            case OLDER_VALUES ->
                Optional.of(
                        "With write.mode=upsert and without upsert.version.column, rows of these files replace newer"
                                + " rows with the same key. --accept older-values runs the replay.");
        };
    }

    private static String deletions(Desired desired, ReplayPlan plan) {
        String dates = plan.objects().stream()
                .map(DeliveredObject::date)
                .filter(date -> !date.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining("', '", "('", "')"));
        return desired.tables().stream()
                .map((TableSpec table) ->
                        "  DELETE FROM " + table.name() + " WHERE DATE(" + table.partitionField() + ") IN " + dates)
                .collect(Collectors.joining(System.lineSeparator(), System.lineSeparator(), ""));
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
