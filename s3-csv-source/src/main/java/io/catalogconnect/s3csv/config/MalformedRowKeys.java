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
                    "Treatment of a malformed row: `fail` fails the task before the row, `skip` skips and logs the"
                            + " row, `topic` sends it to `bad.rows.topic`. With `skip` and `topic`, all other rows"
                            + " are delivered.");

    static final Setting<Optional<String>> TOPIC = Setting.parsed(
                    "bad.rows.topic", "a topic name", Function.<String>identity())
            .optional()
            .described(
                    Importance.MEDIUM,
                    "Malformed rows topic",
                    "Topic for malformed rows. The value of a record is the bytes of the row. Its headers contain"
                            + " the position of the row and the reason.");

    private static final Setting<Boolean> SHOW_CELLS = Setting.flag("bad.rows.show.cells", false)
            .described(
                    Importance.LOW,
                    "Show malformed cells",
                    "Whether error messages, logs and the header `csv.reason` contain the texts of malformed cells,"
                            + " shortened if they are long. If not, they contain the length of the text. Errors of"
                            + " tasks are also visible in the REST API.");

    private static final Setting<Long> MAX = Setting.number("bad.rows.max", -1, -1, Long.MAX_VALUE)
            .described(
                    Importance.LOW,
                    "Maximum malformed rows",
                    "Maximum number of malformed rows in one object. An object with more is treated as damaged"
                            + " (`bad.objects`). -1: no limit.");

    private static final Setting<Double> MAX_RATIO = Setting.ratio("bad.rows.max.ratio", 1.0)
            .described(
                    Importance.LOW,
                    "Maximum share of malformed rows",
                    "Maximum share of malformed rows in one object, such as 0.1 for a tenth. An object with a"
                            + " larger share is treated as damaged (`bad.objects`). The limit is checked at each"
                            + " malformed row from row `bad.rows.max.ratio.from` on, and at the end of the object. 1:"
                            + " no limit.");

    private static final Setting<Long> MAX_RATIO_FROM = Setting.number(
                    "bad.rows.max.ratio.from", 1_000, 1, Long.MAX_VALUE)
            .described(
                    Importance.LOW,
                    "Share counts from",
                    "First row at which `bad.rows.max.ratio` is checked while the object is read, so that a few"
                            + " malformed rows at the start do not exceed it.");

    private static final Setting<DamagedObjects> OBJECTS = Setting.word("bad.objects", DamagedObjects.FAIL)
            .described(
                    Importance.MEDIUM,
                    "Damaged objects",
                    "Treatment of a damaged object, for example one whose header lacks a column: `fail` fails the"
                            + " task, `skip` skips the rest of the object and logs it. The object is read again after"
                            + " a restart of the task, unless a watermark (`offsets.late.window.ms`) has passed it.");

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
