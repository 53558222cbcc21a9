package io.catalogconnect.bigquery.convert;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.catalogconnect.bigquery.table.ColumnType;
import java.io.IOException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Type of a scalar Connect value in BigQuery.
 *
 * @param column the column's type
 * @param wire the protobuf type that the Storage Write API accepts for it
 * @param writer writes a value that is not null
 * @param epochDay the day of a value that is not null, in days since 1970; null for types without one
 */
record ScalarType(
        ColumnType column,
        FieldDescriptorProto.Type wire,
        Writer writer,
        @Nullable ToLongFunction<Object> epochDay) {

    ScalarType(ColumnType column, FieldDescriptorProto.Type wire, Writer writer) {
        this(column, wire, writer, null);
    }

    /** Writes a value, with its field number before it. */
    @FunctionalInterface
    interface Writer {
        void write(CodedOutputStream out, int number, Object value) throws IOException;
    }
}
