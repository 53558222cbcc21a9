package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.protobuf.Descriptors.FieldDescriptor;

/** Maps protocol buffer fields to columns. */
final class ColumnNames {
    private ColumnNames() {}

    /**
     * The column name of a field: the {@code column_name} annotation, used for column names that are not valid field names, or else the
     * name of the field.
     */
    static String of(FieldDescriptor field) {
        String annotated = field.getOptions().getExtension(AnnotationsProto.columnName);
        return annotated.isEmpty() ? field.getName() : annotated;
    }
}
