package io.catalogconnect.contract.draft;

import io.catalogconnect.contract.draft.InspectedFile.InspectedColumn;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a draft.
 *
 * @param header name in the file
 * @param parse options of the type in the source; empty for none
 */
record ColumnDraft(
        String name, String header, String logicalType, String physicalType, String parse, boolean required) {
    private static final Pattern TYPE = Pattern.compile("([a-z0-9]+)(?:\\((.*)\\))?\\??");
    private static final Pattern DECIMAL = Pattern.compile("(\\d+),(\\d+)(?:;(.*))?");
    private static final List<String> PERSONAL = List.of(
            "mail",
            "phone",
            "address",
            "birth",
            "firstname",
            "first_name",
            "lastname",
            "last_name",
            "surname",
            "iban",
            "passport",
            "customer_name",
            "user_name",
            "username");

    /**
     * The draft of a column.
     *
     * @param name name in the table
     */
    static ColumnDraft of(InspectedColumn column, String name) {
        Matcher type = TYPE.matcher(column.type());
        if (!type.matches()) {
            throw new IllegalArgumentException("Unknown type " + column.type());
        }
        String options = type.group(2) == null ? "" : type.group(2);
        boolean required = !column.isNullable();
        String header = column.name();
        return switch (type.group(1)) {
            case "int64", "int32" -> new ColumnDraft(name, header, "integer", "INT64", options, required);
            case "float64" -> new ColumnDraft(name, header, "number", "FLOAT64", options, required);
            case "boolean" -> new ColumnDraft(name, header, "boolean", "BOOL", options, required);
            case "date" -> new ColumnDraft(name, header, "date", "DATE", options, required);
            case "timestamp" -> new ColumnDraft(name, header, "timestamp", "TIMESTAMP", options, required);
            case "decimal" -> decimal(name, header, options, required);
            default -> new ColumnDraft(name, header, "string", "STRING", options, required);
        };
    }

    private static ColumnDraft decimal(String name, String header, String options, boolean required) {
        Matcher decimal = DECIMAL.matcher(options);
        if (!decimal.matches()) {
            throw new IllegalArgumentException("Unknown options of a decimal: " + options);
        }
        String parse = decimal.group(3) == null ? "" : decimal.group(3);
        String physical = "NUMERIC(" + decimal.group(1) + "," + decimal.group(2) + ")";
        return new ColumnDraft(name, header, "number", physical, parse, required);
    }

    /** True if the name suggests personal data. */
    boolean looksPersonal() {
        String lower = header.toLowerCase(Locale.ROOT);
        return PERSONAL.stream().anyMatch(lower::contains);
    }

    /** The column in the list of properties. */
    String yaml() {
        StringBuilder yaml = new StringBuilder("      - {name: ")
                .append(YamlScalar.of(name))
                .append(", logicalType: ")
                .append(logicalType)
                .append(", physicalType: ")
                .append(YamlScalar.of(physicalType));
        if (required) {
            yaml.append(", required: true");
        }
        yaml.append(", classification: ").append(looksPersonal() ? "confidential" : "internal");
        yaml.append(", description: ").append(name.equals(header) ? "\"\"" : YamlScalar.of(header));
        if (!parse.isEmpty()) {
            yaml.append(", customProperties: [{property: catalogConnect, value: {parse: ")
                    .append(YamlScalar.of(parse))
                    .append("}}]");
        }
        return yaml.append("}\n").toString();
    }
}
