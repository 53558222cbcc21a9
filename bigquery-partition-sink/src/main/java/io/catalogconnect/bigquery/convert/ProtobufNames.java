package io.catalogconnect.bigquery.convert;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of protobuf fields for columns. A column name that is no name in protobuf is in an annotation of its field. */
final class ProtobufNames {

    private static final Pattern VALID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Number of the extension {@code column_name} in annotations.proto of the Storage Write API. */
    private static final int COLUMN_NAME = 454_943_157;

    private ProtobufNames() {}

    /** The name of the field of a column: the column's, if it is valid. */
    static String of(String column) {
        return VALID.matcher(column).matches()
                ? column
                : "column_" + HexFormat.of().formatHex(column.getBytes(StandardCharsets.UTF_8));
    }

    /** The annotation with the column's name. */
    static FieldOptions columnName(String column) {
        return FieldOptions.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                COLUMN_NAME,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8(column))
                                        .build())
                        .build())
                .build();
    }
}
