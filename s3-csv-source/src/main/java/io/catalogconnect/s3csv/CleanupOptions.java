package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.s3.S3Move;
import io.catalogconnect.s3csv.object.s3.S3Settings;
import io.catalogconnect.s3csv.object.s3.S3Tag;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** The settings that say what becomes of objects that are done. */
final class CleanupOptions {

    static final String CLEANUP = "cleanup";
    static final String MOVE_PREFIX = "cleanup.move.prefix";
    static final String TAG = "cleanup.tag";
    static final String INTERVAL = "cleanup.interval.ms";

    private static final String GROUP = "Clean-up";

    private final AbstractConfig config;

    CleanupOptions(AbstractConfig config) {
        this.config = config;
    }

    static void define(ConfigDef def) {
        int order = 0;
        def.define(
                CLEANUP,
                ConfigDef.Type.STRING,
                "none",
                Validators.oneOf("none", "tag", "move"),
                Importance.MEDIUM,
                "What becomes of an object when its end is among the connector's committed offsets, and not before: none"
                        + " leaves it alone, tag gives it " + TAG
                        + " for a lifecycle rule to act on, move puts it under "
                        + MOVE_PREFIX
                        + ". Only the version that was read is touched. An object without an entry of its own"
                        + " among the offsets stays, and one that was moved must be put back to be read again. With "
                        + DeliveryOptions.LATE_WINDOW + " the entry of an object that is moved less than that before a"
                        + " restart stays for good.",
                GROUP,
                ++order,
                Width.SHORT,
                "Clean-up");
        def.define(
                MOVE_PREFIX,
                ConfigDef.Type.STRING,
                "",
                Validators.resolved(),
                Importance.MEDIUM,
                "What the keys of moved objects begin with; the old key follows, as in done/catalog/a.csv. Objects of more"
                        + " than 5 GiB stay where they are, because one copy request takes no more.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Move to");
        def.define(
                TAG,
                ConfigDef.Type.STRING,
                "catalog-connect=done",
                Validators.accepted("key=value", CleanupOptions::tag),
                Importance.LOW,
                "The tag of objects that are done, as key=value. Tags with other keys stay.",
                GROUP,
                ++order,
                Width.MEDIUM,
                "Tag");
        def.define(
                INTERVAL,
                ConfigDef.Type.LONG,
                300_000L,
                ConfigDef.Range.between(1, 86_400_000),
                Importance.LOW,
                "How long after one look through the bucket for objects that are done the next one begins. Each lists the"
                        + " bucket once.",
                GROUP,
                ++order,
                Width.SHORT,
                "Clean-up interval");
    }

    /** What puts objects away; null when they stay. Opens no connection yet. */
    @Nullable
    ObjectDisposal disposal(S3Settings s3) {
        return switch (kind()) {
            case "move" -> S3Move.open(s3, movePrefix());
            case "tag" -> {
                String[] tag = tag(config.getString(TAG));
                yield S3Tag.open(s3, tag[0], tag[1]);
            }
            default -> null;
        };
    }

    Duration interval() {
        return Duration.ofMillis(config.getLong(INTERVAL));
    }

    /** Checks that objects that are moved are not found again. */
    void check() {
        if (!kind().equals("move")) {
            return;
        }
        if (movePrefix().isBlank()) {
            throw new InvalidSettingException(MOVE_PREFIX, "is empty. " + CLEANUP + "=move needs it");
        }
        String listed = config.getString(DeliveryOptions.PREFIX);
        int date = listed.indexOf('{');
        String fixed = date < 0 ? listed : listed.substring(0, date);
        if ((movePrefix() + fixed).startsWith(fixed)) {
            throw new InvalidSettingException(
                    MOVE_PREFIX,
                    "is '" + movePrefix() + "', and what is moved there would be found under "
                            + DeliveryOptions.PREFIX + " ('" + listed + "') and read again. Choose"
                            + " one outside of it");
        }
    }

    private String kind() {
        return config.getString(CLEANUP).toLowerCase(Locale.ROOT);
    }

    private String movePrefix() {
        return config.getString(MOVE_PREFIX);
    }

    private static String[] tag(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("it must be like key=value");
        }
        return new String[] {text.substring(0, equals), text.substring(equals + 1)};
    }
}
