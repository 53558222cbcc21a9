package io.catalogconnect.s3csv.config;

import io.catalogconnect.s3csv.record.Column;
import io.catalogconnect.settings.Problems;
import io.catalogconnect.settings.Setting;
import io.catalogconnect.settings.Settings;
import io.catalogconnect.settings.SettingsTable;
import java.util.List;
import java.util.Optional;
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

    /** The check of a table that has settings for the columns, the column of the file's date and the record's name. */
    static SettingsTable.Check checkOf(
            Setting<List<Column>> columns, Setting<Optional<String>> dateColumn, Setting<String> recordName) {
        return (settings, problems) -> {
            if (isNeeded(settings)) {
                List<String> names =
                        settings.get(columns).stream().map(Column::name).toList();
                check(problems, columns, names, FIELD_NAME);
                check(problems, dateColumn, settings.get(dateColumn).stream().toList(), FIELD_NAME);
                check(problems, recordName, List.of(settings.get(recordName)), RECORD_NAME);
            }
        };
    }

    private static boolean isNeeded(Settings settings) {
        return settings.connectProperty(CONVERTER).endsWith("AvroConverter")
                && !settings.connectProperty(SCRUB).equalsIgnoreCase("true");
    }

    private static void check(Problems problems, Setting<?> setting, List<String> names, Pattern allowed) {
        List<String> refused =
                names.stream().filter(name -> !allowed.matcher(name).matches()).toList();
        if (!refused.isEmpty()) {
            problems.add(
                    setting,
                    "contains names that Avro does not allow: '" + String.join("', '", refused)
                            + "'. Use letters, digits and underscores, do not start with a digit, or set " + SCRUB
                            + "=true");
        }
    }
}
