package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.cleanup.CleanupSettings;
import io.catalogconnect.s3csv.cleanup.CleanupSettings.Action;
import io.catalogconnect.s3csv.cleanup.CleanupSettings.Tag;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Treatment of completed objects. */
final class CleanupKeys {

    private static final Setting<Action> ACTION = Setting.word("cleanup", Action.NONE)
            .described(
                    Importance.MEDIUM,
                    "Clean-up",
                    "Treatment of an object after its end is in the committed offsets: `none` leaves it unchanged,"
                            + " `tag` adds `cleanup.tag`, for example for a lifecycle rule, `move` moves it below"
                            + " `cleanup.move.prefix`. Only the version that was read is tagged or moved. An object"
                            + " without a stored offset is not changed. To read a moved object again, move it back"
                            + " first. With `offsets.late.window.ms`, the offset of a moved object is never deleted if"
                            + " the task restarts before that time has passed.");

    private static final Setting<String> MOVE_PREFIX = Setting.parsed(
                    "cleanup.move.prefix", "a prefix", Function.<String>identity())
            .defaultsTo("")
            .described(
                    Importance.MEDIUM,
                    "Move to",
                    "Prefix of the keys of moved objects. The former key follows it: with done/, the object"
                            + " catalog/a.csv is moved to done/catalog/a.csv. Objects larger than 5 GiB are not"
                            + " moved, because S3 cannot copy them in one request.");

    private static final Setting<Tag> TAG = Setting.parsed("cleanup.tag", "key=value", CleanupKeys::tag)
            .defaultsTo("catalog-connect=done")
            .described(
                    Importance.LOW,
                    "Tag",
                    "Tag that is added to completed objects, as key=value. Tags with other keys are kept.");

    private static final Setting<Duration> INTERVAL = Setting.millis("cleanup.interval.ms", 300_000, 1, 86_400_000)
            .described(
                    Importance.LOW,
                    "Clean-up interval",
                    "Time between two clean-up passes, in milliseconds. Each pass lists the bucket once.");

    private CleanupKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group("Clean-up", ACTION, MOVE_PREFIX, TAG, INTERVAL).check(CleanupKeys::checkMovePrefix);
    }

    /** Checks that moved objects are not found again. */
    private static void checkMovePrefix(Settings settings, Problems problems) {
        if (settings.get(ACTION) != Action.MOVE) {
            return;
        }
        String target = settings.get(MOVE_PREFIX);
        String listed = settings.get(DiscoveryKeys.PREFIX).beforeDate();
        if (target.isBlank()) {
            problems.add(MOVE_PREFIX, "is empty. " + ACTION + "=move needs it");
        } else if ((target + listed).startsWith(listed)) {
            problems.add(
                    MOVE_PREFIX,
                    "is '" + target + "', and moved objects would be found below " + DiscoveryKeys.PREFIX + " ('"
                            + settings.get(DiscoveryKeys.PREFIX) + "') and read again. Choose a prefix outside of it");
        }
    }

    static CleanupSettings cleanup(Settings settings) {
        return new CleanupSettings(
                settings.get(ACTION), settings.get(MOVE_PREFIX), settings.get(TAG), settings.get(INTERVAL));
    }

    private static Tag tag(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("it must have the form key=value");
        }
        return new Tag(text.substring(0, equals), text.substring(equals + 1));
    }
}
