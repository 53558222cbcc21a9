package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Column.Origin;
import io.catalogconnect.contract.model.ColumnKind;
import io.catalogconnect.contract.model.ColumnName;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Columns: names, types, origin and protection. */
record ColumnRules(Contract contract, Findings findings) {
    private static final List<String> PARTITION_TYPES = List.of("DATE", "TIMESTAMP");
    private static final List<String> PROTECTED = List.of("confidential", "restricted");

    void check() {
        for (DataObject object : contract.objects()) {
            Set<String> names = new HashSet<>();
            for (Column column : object.columns()) {
                if (!column.name().isEmpty() && !names.add(column.name().toLowerCase(Locale.ROOT))) {
                    findings.error(
                            column.places().value("name"),
                            "column",
                            "The object " + object.name() + " has two columns with the name '" + column.name()
                                    + "'. BigQuery ignores case in names.");
                }
                check(column);
            }
        }
    }

    /** True if a column has a valid name and type. */
    static boolean isValid(Column column) {
        return ColumnName.hasForm(column.name()) && column.kind() != null;
    }

    private void name(Column column) {
        String name = column.name();
        if (!name.isEmpty() && !ColumnName.hasForm(name)) {
            findings.error(
                    column.places().value("name"),
                    "column",
                    "'" + name
                            + "' is not a valid column name. A name has letters from a to z, digits and underscores, does"
                            + " not start with a digit, and has at most 300 characters. For a file whose header has other"
                            + " names, set csv: {header: absent, skip.lines: 1} in the s3 servers, and declare all columns"
                            + " in the order of the file.");
        }
        ColumnName.reservedPrefix(name)
                .ifPresent(prefix -> findings.error(
                        column.places().value("name"),
                        "column",
                        "The name '" + name + "' starts with " + prefix + ", which is reserved. Choose another name."));
    }

    private void check(Column column) {
        name(column);
        ColumnKind kind = column.kind();
        if (kind == null
                && !column.logicalType().isEmpty()
                && !column.physicalType().isEmpty()) {
            findings.error(
                    column.places().value("physicalType"),
                    "column-type",
                    "The physicalType '" + column.physicalType() + "' does not fit the logicalType '"
                            + column.logicalType() + "'. Physical types are "
                            + String.join(", ", ColumnKind.PHYSICAL_TYPES)
                            + ", where NUMERIC has a scale s of at most 9 and"
                            + " at most 29 digits before the decimal point, and BIGNUMERIC a precision p of at most 38.");
        }
        if (!column.from().equals("column") && column.origin() == Origin.CELL) {
            findings.error(
                    column.places().value("from"),
                    "column",
                    "from is '" + column.from() + "'. Write column, fileDate or header:NAME.");
        }
        if (column.origin() == Origin.FILE_DATE && !column.physicalType().equals("DATE")) {
            findings.error(
                    column.places().value("from"), "column", "A column with from: fileDate has the physicalType DATE.");
        }
        if (column.partitioned() && kind != null && !PARTITION_TYPES.contains(column.physicalType())) {
            findings.error(
                    column.places().value("partitioned"),
                    "partition",
                    "A table can be partitioned by a column of the type DATE or TIMESTAMP, not " + column.physicalType()
                            + ".");
        }
        if (column.pseudonymize() && !column.physicalType().equals("STRING")) {
            findings.error(
                    column.places().value("pseudonymize"),
                    "column",
                    "Only a column of the type STRING can be pseudonymized.");
        }
        if (column.pseudonymize() && contract.product().pseudonymSecret().isEmpty()) {
            findings.error(
                    column.places().value("pseudonymize"),
                    "column",
                    "catalogConnect of the contract has no pseudonymSecret, which pseudonyms need.");
        }
        if (PROTECTED.contains(column.classification()) && column.policyTag().isEmpty() && !column.pseudonymize()) {
            findings.warning(
                    column.places().value("classification"),
                    "restricted-untagged",
                    "The column " + column.name() + " is " + column.classification()
                            + ", and has neither a policyTag nor pseudonymize: true.");
        }
    }
}
