package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.protobuf.Descriptors.FieldDescriptor;

/** Which column a protocol buffer field means. */
final class ColumnNames {
    private ColumnNames() {}

    /** The name in the {@code column_name} annotation, for columns whose name no field can have; else the field's own. */
    static String of(FieldDescriptor field) {
        String annotated = field.getOptions().getExtension(AnnotationsProto.columnName);
        return annotated.isEmpty() ? field.getName() : annotated;
    }
}
