package io.catalogconnect.bigquery.convert;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Digits;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Type of a scalar Connect value in BigQuery.
 *
 * @param column the column's type
 * @param wire the protobuf type that the Storage Write API accepts for it
 * @param writer writes a value that is not null
 * @param reader reads a value that is not null
 * @param digits declared digits of a NUMERIC or BIGNUMERIC
 */
record ScalarType(
        ColumnType column, FieldDescriptorProto.Type wire, Writer writer, Reader reader, Optional<Digits> digits) {

    ScalarType(ColumnType column, FieldDescriptorProto.Type wire, Writer writer, Reader reader) {
        this(column, wire, writer, reader, Optional.empty());
    }

    /** The type of a column with these digits, which refuses values that have more. */
    ScalarType within(Optional<Digits> limits) {
        if (limits.isEmpty()) {
            return new ScalarType(column, wire, writer, reader);
        }
        Digits most = limits.get();
        return new ScalarType(
                column,
                wire,
                (out, number, value) -> {
                    BigDecimal decimal = (BigDecimal) reader.read(value);
                    if (!most.hold(decimal)) {
                        throw new ConversionException("a decimal has more digits than " + column + "(" + most
                                + ") keeps. Correct the value, or change the type of the column with ALTER TABLE.");
                    }
                    writer.write(out, number, value);
                },
                reader,
                limits);
    }

    /** Writes a value, with its field number before it. */
    @FunctionalInterface
    interface Writer {
        void write(CodedOutputStream out, int number, Object value) throws IOException;
    }

    /**
     * Reads a Connect value as the Java type of its column: String for STRING, JSON and GEOGRAPHY, Long for INT64, DATE (days since
     * 1970), TIME (microseconds since midnight), DATETIME and TIMESTAMP (microseconds since 1970), Float or Double for FLOAT64, Boolean
     * for BOOL, BigDecimal for NUMERIC and BIGNUMERIC.
     */
    @FunctionalInterface
    interface Reader {
        Object read(Object value);
    }

    /** The day of a value that is not null, in days since 1970; null for types without one. */
    @Nullable
    ToLongFunction<Object> epochDay() {
        return switch (column) {
            case DATE -> value -> (Long) reader.read(value);
            case DATETIME, TIMESTAMP -> value -> Math.floorDiv((Long) reader.read(value), CivilTime.MICROS_PER_DAY);
            default -> null;
        };
    }
}
