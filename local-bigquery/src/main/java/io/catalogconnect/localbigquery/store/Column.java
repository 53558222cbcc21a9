package io.catalogconnect.localbigquery.store;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table or a field of a STRUCT, as declared.
 *
 * @param name the name as spelled in the schema; comparisons ignore case
 * @param maxLength maximum length of a STRING in characters or of BYTES in bytes; 0 means no limit
 * @param precision precision of a NUMERIC or BIGNUMERIC; 0 if not declared
 * @param scale scale of a NUMERIC or BIGNUMERIC that has a precision
 * @param fields fields of a STRUCT; otherwise empty
 * @param defaultExpression GoogleSQL expression of the default value
 */
public record Column(
        String name,
        FieldType type,
        Mode mode,
        int maxLength,
        int precision,
        int scale,
        List<Column> fields,
        Optional<String> defaultExpression) {
    /** Mode of a column: whether a value may be NULL, must be present, or is a list. */
    public enum Mode {
        NULLABLE,
        REQUIRED,
        REPEATED
    }

    public Column {
        fields = List.copyOf(fields);
    }

    public boolean repeated() {
        return mode == Mode.REPEATED;
    }

    public boolean required() {
        return mode == Mode.REQUIRED;
    }

    /** The complete DuckDB type of this column: {@code STRUCT("a" BIGINT, "b" VARCHAR[])[]}. */
    public String duckType() {
        return repeated() ? elementType() + "[]" : elementType();
    }

    private String elementType() {
        if (type == FieldType.STRUCT) {
            return fields.stream()
                    .map(field -> Sql.quote(field.name()) + " " + field.duckType())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
        if (type == FieldType.BIGNUMERIC && precision > 0) {
            return "DECIMAL(" + precision + "," + scale + ")";
        }
        return type.duckType();
    }

    /** The DuckDB type without the fields of a STRUCT, because fields may be added. */
    String duckScalar() {
        return type == FieldType.STRUCT ? type.duckType() : elementType();
    }

    /** Number of digits after the decimal point in the stored DECIMAL. A value must not have more. */
    public int storedScale() {
        if (type == FieldType.BIGNUMERIC) {
            return precision > 0 ? scale : 18;
        }
        return 9;
    }

    /** The type as printed in error messages: {@code STRING(10)}, {@code NUMERIC(5, 2)}, {@code INT64}. */
    public String typeText() {
        if (maxLength > 0) {
            return type + "(" + maxLength + ")";
        }
        if (precision > 0) {
            return scale > 0 ? type + "(" + precision + ", " + scale + ")" : type + "(" + precision + ")";
        }
        return type.name();
    }

    /** Finds a field of this STRUCT by name, ignoring case. */
    public Optional<Column> field(String fieldName) {
        return find(fields, fieldName);
    }

    /** Finds a column by name, ignoring case. */
    public static Optional<Column> find(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /**
     * Checks a value of this column. Returns BigQuery's error message, or empty if the value is valid. Checks presence, length and range,
     * and the elements of STRUCT and REPEATED values. The value must already have the right Java type.
     */
    public Optional<String> check(@Nullable Object value) {
        return check(value, name);
    }

    private Optional<String> check(@Nullable Object value, String path) {
        if (value == null) {
            return required() ? Optional.of("Field " + path + ": Missing required field.") : Optional.empty();
        }
        if (repeated()) {
            for (Object element : (List<?>) value) {
                Optional<String> wrong = element == null
                        ? Optional.of("Field " + path + ": NULL is not allowed in a repeated field.")
                        : checkElement(element, path);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            return Optional.empty();
        }
        return checkElement(value, path);
    }

    private Optional<String> checkElement(Object value, String path) {
        return switch (type) {
            case STRUCT -> checkFields((Object[]) value, path);
            case STRING -> {
                String text = (String) value;
                yield maxLength > 0 && text.length() > maxLength
                        ? checkLength(text.codePointCount(0, text.length()), path)
                        : Optional.empty();
            }
            case BYTES -> checkLength(((byte[]) value).length, path);
            case NUMERIC, BIGNUMERIC -> checkDigits((BigDecimal) value, path);
            default -> Optional.empty();
        };
    }

    private Optional<String> checkFields(@Nullable Object[] values, String path) {
        for (int i = 0; i < fields.size(); i++) {
            Column field = fields.get(i);
            Optional<String> wrong = field.check(values[i], path + "." + field.name());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> checkLength(int length, String path) {
        if (maxLength == 0 || length <= maxLength) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Field %s: %s has maximum length %d but got a value with length %d on field %s.",
                path,
                typeText(),
                maxLength,
                length,
                path));
    }

    private Optional<String> checkDigits(BigDecimal value, String path) {
        BigDecimal plain = value.stripTrailingZeros();
        int fraction = Math.max(plain.scale(), 0);
        int whole = plain.precision() - plain.scale();
        int fractionLimit = precision > 0 ? scale : storedScale();
        int wholeLimit = precision > 0 ? precision - scale : 38 - storedScale();
        if (plain.signum() == 0 || (fraction <= fractionLimit && whole <= wholeLimit)) {
            return Optional.empty();
        }
        if (type == FieldType.BIGNUMERIC && precision == 0) {
            return Optional.of("Field " + path
                    + ": local-bigquery stores a BIGNUMERIC without parameters with 20 digits before and 18 after"
                    + " the decimal point; declare the column BIGNUMERIC(P,S) with P up to 38. The value has "
                    + Math.max(whole, 0) + " and "
                    + fraction + ".");
        }
        return Optional.of("Field " + path + ": " + typeText() + " has precision " + (wholeLimit + fractionLimit)
                + " and scale " + fractionLimit
                + " but got a value that is not in range of precision and scale on field " + path + ".");
    }
}
