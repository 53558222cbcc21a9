package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of a column as a text: {@code STRING}, {@code NUMERIC(12,2)} or {@code ARRAY<STRING>}. */
final class ColumnType {
    private static final Pattern DECIMAL = Pattern.compile("(\\w+)\\((\\d+),(\\d+)\\)");

    private ColumnType() {}

    /** The text for a field. */
    static String of(Field field) {
        StandardSQLTypeName type = field.getType().getStandardType();
        String name = type == null ? field.getType().name() : type.name();
        Long precision = field.getPrecision();
        Long scale = field.getScale();
        if (precision != null) {
            name += "(" + precision + "," + (scale == null ? 0 : scale) + ")";
        }
        return field.getMode() == Field.Mode.REPEATED ? "ARRAY<" + name + ">" : name;
    }

    /** A field that is not an array. */
    static Field.Builder field(String name, String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (!decimal.matches()) {
            return Field.newBuilder(name, StandardSQLTypeName.valueOf(type));
        }
        return Field.newBuilder(name, StandardSQLTypeName.valueOf(decimal.group(1)))
                .setPrecision(Long.valueOf(decimal.group(2)))
                .setScale(Long.valueOf(decimal.group(3)));
    }
}
