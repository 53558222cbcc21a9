package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;

/** Maps protocol buffer fields to columns. */
final class ColumnNames {
    private static final ExtensionRegistry ANNOTATIONS = annotations();

    private ColumnNames() {}

    private static ExtensionRegistry annotations() {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        AnnotationsProto.registerAllExtensions(registry);
        return registry;
    }

    /**
     * The column name of a field: the {@code column_name} annotation, used for column names that are not valid field names, or else the
     * name of the field.
     */
    static String of(FieldDescriptor field) {
        FieldOptions options = field.toProto().getOptions();
        if (options.getSerializedSize() == 0) {
            return field.getName();
        }
        try {
            // gRPC reads requests without the extension, so that the annotation is an unknown field.
            String annotated = FieldOptions.parseFrom(options.toByteString(), ANNOTATIONS)
                    .getExtension(AnnotationsProto.columnName);
            return annotated.isEmpty() ? field.getName() : annotated;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the options of a descriptor are valid", e);
        }
    }
}
