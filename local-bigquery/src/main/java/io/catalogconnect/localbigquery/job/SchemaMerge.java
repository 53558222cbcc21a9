package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges the schema of the rows that a job writes into the schema of its table, as far as {@code schemaUpdateOptions} permit. */
final class SchemaMerge {

    /** The source of the schema of the rows. */
    enum Source {
        /** The job. Types and modes must be those of the table. */
        JOB,
        /** The file, which says whether a field may be null. The loader checks the types. */
        FILE,
        /** The rows. Each field may be null as far as the schema says. The loader checks types and values. */
        ROWS
    }

    private static final String ADDITION = "ALLOW_FIELD_ADDITION";
    private static final String RELAXATION = "ALLOW_FIELD_RELAXATION";

    private final Source source;
    private final boolean addition;
    private final boolean relaxation;
    private final boolean ignoreUnknown;

    /**
     * @param options the job's {@code schemaUpdateOptions}
     * @param ignoreUnknown whether a field that the table does not have is ignored if it cannot be added
     */
    SchemaMerge(Source source, @Nullable List<String> options, boolean ignoreUnknown) {
        List<String> given = options == null ? List.of() : options;
        for (String option : given) {
            if (!Set.of(ADDITION, RELAXATION).contains(option)) {
                throw ServiceError.invalid(
                        "Invalid value for schemaUpdateOptions: " + option + " is not a valid value");
            }
        }
        this.source = source;
        this.addition = given.contains(ADDITION);
        this.relaxation = given.contains(RELAXATION);
        this.ignoreUnknown = ignoreUnknown;
    }

    /** Fails if there are options, but the job does not append to a table or replace one of its partitions. */
    void check(String writeDisposition, boolean partition) {
        boolean permitted =
                writeDisposition.equals("WRITE_APPEND") || (writeDisposition.equals("WRITE_TRUNCATE") && partition);
        if ((addition || relaxation) && !permitted) {
            throw ServiceError.invalid(
                    "Schema update options should only be specified with WRITE_APPEND disposition, or"
                            + " with WRITE_TRUNCATE disposition on a table partition.");
        }
    }

    /**
     * Returns the merged schema.
     *
     * @param existing the table's fields; without any, the table takes all fields that are given
     */
    List<TableFieldSchema> merge(TableRef table, List<TableFieldSchema> existing, List<TableFieldSchema> given) {
        return existing.isEmpty() ? given : merge(table, "", existing, given);
    }

    private List<TableFieldSchema> merge(
            TableRef table, String path, List<TableFieldSchema> existing, List<TableFieldSchema> given) {
        List<TableFieldSchema> merged = new ArrayList<>(existing);
        for (TableFieldSchema field : given) {
            int index = find(existing, field.getName());
            if (index >= 0) {
                merged.set(index, merge(table, path, existing.get(index), field));
            } else if (addition) {
                merged.add(field);
            } else if (!ignoreUnknown) {
                throw cannotAdd(table, path + field.getName());
            }
        }
        return merged;
    }

    private static int find(List<TableFieldSchema> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private TableFieldSchema merge(TableRef table, String path, TableFieldSchema existing, TableFieldSchema given) {
        String name = path + existing.getName();
        FieldType before = FieldType.of(existing.getType()).orElseThrow();
        FieldType after = FieldType.of(String.valueOf(given.getType())).orElse(null);
        if (source == Source.JOB && before != after) {
            throw changed(table, name, "type from " + before.restName() + " to " + given.getType());
        }
        TableFieldSchema merged = existing.clone();
        String mode = mode(existing);
        if (source == Source.JOB && mode.equals("REPEATED") != mode(given).equals("REPEATED")) {
            throw changed(table, name, "mode from " + mode + " to " + mode(given));
        }
        if (mode.equals("REQUIRED") && mode(given).equals("NULLABLE")) {
            if (relaxation) {
                merged.setMode("NULLABLE");
            } else if (source != Source.ROWS) {
                throw changed(table, name, "mode from REQUIRED to NULLABLE");
            }
        }
        if (before == FieldType.STRUCT && after == FieldType.STRUCT) {
            merged.setFields(merge(table, name + ".", existing.getFields(), given.getFields()));
        }
        return merged;
    }

    private static String mode(TableFieldSchema field) {
        return field.getMode() == null || field.getMode().isEmpty() ? "NULLABLE" : field.getMode();
    }

    static ServiceError cannotAdd(TableRef table, String field) {
        return ServiceError.invalid(
                "Provided Schema does not match Table " + table + ". Cannot add fields (field: " + field + ")");
    }

    static ServiceError changed(TableRef table, String field, String change) {
        return ServiceError.invalid(
                "Provided Schema does not match Table " + table + ". Field " + field + " has changed " + change);
    }
}
