package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.read.MalformedRowPolicy;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Treatment of malformed rows and damaged objects. */
final class MalformedRowKeys {

    private enum DamagedObjects {
        FAIL,
        SKIP
    }

    private static final Setting<MalformedRowPolicy.Action> ACTION = Setting.word(
                    "bad.rows", MalformedRowPolicy.Action.FAIL)
            .described(
                    Importance.HIGH,
                    "Malformed rows",
                    "How to treat a malformed row: `fail` fails the task before it, `skip` leaves it out and logs it,"
                            + " `topic` sends it to bad.rows.topic. All other rows are delivered.");

    static final Setting<Optional<String>> TOPIC = Setting.parsed(
                    "bad.rows.topic", "a topic name", Function.<String>identity())
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Malformed rows topic",
                    "Topic for malformed rows. The value is the bytes of the row, the headers contain its position and the"
                            + " reason.");

    private static final Setting<Boolean> SHOW_CELLS = Setting.flag("bad.rows.show.cells", false)
            .described(
                    Importance.LOW,
                    "Show malformed cells",
                    "Texts of malformed cells, shortened to 64 characters, in error messages, logs and the header csv.reason."
                            + " Without it they contain the length of the text. Task errors are also visible in the REST API.");

    private static final Setting<Long> MAX = Setting.number("bad.rows.max", -1, -1, Long.MAX_VALUE)
            .described(
                    Importance.LOW,
                    "Maximum malformed rows",
                    "Maximum number of malformed rows in one object; with more of them the object counts as damaged. -1: no"
                            + " limit.");

    private static final Setting<Double> MAX_RATIO = Setting.ratio("bad.rows.max.ratio", 1.0)
            .described(
                    Importance.LOW,
                    "Maximum share of malformed rows",
                    "Maximum share of malformed rows in one object, such as 0.1 for a tenth; with a larger share the object"
                            + " counts as damaged. The share is compared at each malformed row from row"
                            + " bad.rows.max.ratio.from on, and at the end of the object. 1: no limit.");

    private static final Setting<Long> MAX_RATIO_FROM = Setting.number(
                    "bad.rows.max.ratio.from", 1_000, 1, Long.MAX_VALUE)
            .described(
                    Importance.LOW,
                    "Share counts from",
                    "Number of the row from which bad.rows.max.ratio applies before the end of the object, so that malformed"
                            + " rows among the first few do not exceed it.");

    private static final Setting<DamagedObjects> OBJECTS = Setting.word("bad.objects", DamagedObjects.FAIL)
            .described(
                    Importance.MEDIUM,
                    "Damaged objects",
                    "How to treat a damaged object, for example one whose header lacks a column: `fail` fails the task,"
                            + " `skip` leaves out the rest of the object and logs it: until the task is restarted, or"
                            + " permanently once a watermark (offsets.late.window.ms) has passed the object.");

    private MalformedRowKeys() {}

    static void addTo(SettingsTable.Builder table) {
        table.group("Malformed rows", ACTION, TOPIC, SHOW_CELLS, MAX, MAX_RATIO, MAX_RATIO_FROM, OBJECTS)
                .check(MalformedRowKeys::check);
    }

    private static void check(Settings settings, Problems problems) {
        if (settings.get(ACTION) == MalformedRowPolicy.Action.TOPIC
                && settings.get(TOPIC).isEmpty()) {
            problems.add(TOPIC, "is empty. " + ACTION + "=topic needs it");
        }
    }

    static Optional<String> topic(Settings settings) {
        return settings.get(ACTION) == MalformedRowPolicy.Action.TOPIC ? settings.get(TOPIC) : Optional.empty();
    }

    static boolean showsCells(Settings settings) {
        return settings.get(SHOW_CELLS);
    }

    static MalformedRowPolicy policy(Settings settings) {
        return new MalformedRowPolicy(
                settings.get(ACTION), settings.get(MAX), settings.get(MAX_RATIO), settings.get(MAX_RATIO_FROM));
    }

    static boolean skipDamagedObjects(Settings settings) {
        return settings.get(OBJECTS) == DamagedObjects.SKIP;
    }
}
