package io.catalogconnect.contract.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column.
 *
 * @param from {@code column}, {@code fileDate} or {@code header:NAME}
 * @param parse form of the cells, as in the options of a type in the source's key {@code columns}; empty for the default
 * @param policyTag resource name of a policy tag; empty for none
 * @param examples values for the documentation
 * @param pseudonymize true if the value is replaced with a pseudonym before it is sent
 */
public record Column(
        String name,
        String logicalType,
        String physicalType,
        boolean required,
        boolean partitioned,
        String classification,
        String description,
        String from,
        String parse,
        String policyTag,
        boolean pseudonymize,
        List<String> environments,
        List<String> examples,
        List<QualityCheck> quality,
        Places places) {
    private static final String HEADER = "header:";

    /** Where a column's values come from. */
    public enum Origin {
        /** A cell of the file. */
        CELL,
        /** The date in the key of the file. */
        FILE_DATE,
        /** A header of the record. */
        HEADER
    }

    public Column {
        environments = List.copyOf(environments);
        examples = List.copyOf(examples);
        quality = List.copyOf(quality);
    }

    /** Where the values come from. */
    public Origin origin() {
        return from.equals("fileDate") ? Origin.FILE_DATE : from.startsWith(HEADER) ? Origin.HEADER : Origin.CELL;
    }

    /** The name of the header that contains the values. */
    public String header() {
        return from.substring(HEADER.length());
    }

    /** True if the policy tag applies in an environment. */
    public boolean hasPolicyTagIn(String environment) {
        return !policyTag.isEmpty() && (environments.isEmpty() || environments.contains(environment));
    }

    /** The type of the column for the source and for BigQuery; null if the declared types do not fit together. */
    public @Nullable ColumnKind kind() {
        return ColumnKind.of(logicalType, physicalType);
    }
}
