package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses names that an Avro converter would refuse at the first row. The rule is the Avro specification's: a name starts with
 * a letter or an underscore, followed by letters, digits and underscores; the name of a record may have parts separated by
 * dots. A converter that is configured for the whole worker is not visible to a connector.
 */
final class AvroNames {

    private static final String CONVERTER = "value.converter";
    private static final String SCRUB = "value.converter.scrub.invalid.names";
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
    private static final Pattern FIELD_NAME = Pattern.compile(NAME);
    private static final Pattern RECORD_NAME = Pattern.compile(NAME + "(\\." + NAME + ")*");

    private AvroNames() {}

    static void check(Settings settings, Problems problems) {
        if (!settings.connectProperty(CONVERTER).endsWith("AvroConverter")
                || settings.connectProperty(SCRUB).equalsIgnoreCase("true")) {
            return;
        }
        List<String> columns =
                settings.get(RecordKeys.COLUMNS).stream().map(Column::name).toList();
        check(problems, RecordKeys.COLUMNS, columns, FIELD_NAME);
        check(
                problems,
                RecordKeys.DATE_COLUMN,
                settings.get(RecordKeys.DATE_COLUMN).stream().toList(),
                FIELD_NAME);
        check(problems, RecordKeys.RECORD_NAME, List.of(settings.get(RecordKeys.RECORD_NAME)), RECORD_NAME);
    }

    private static void check(Problems problems, Setting<?> setting, List<String> names, Pattern allowed) {
        List<String> refused =
                names.stream().filter(name -> !allowed.matcher(name).matches()).toList();
        if (!refused.isEmpty()) {
            problems.add(
                    setting,
                    "contains names that Avro does not allow: '" + String.join("', '", refused)
                            + "'. Use letters, digits" + " and underscores, do not start with a digit, or set " + SCRUB
                            + "=true");
        }
    }
}
