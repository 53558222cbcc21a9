package io.catalogconnect.bigquery.convert;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes one field of a message. Not thread-safe: nested messages share a buffer between rows. */
interface FieldEncoder {

    void write(CodedOutputStream out, int number, @Nullable Object value) throws IOException;

    /** A scalar that may be null or not. */
    record Scalar(String path, ScalarType.Writer writer, boolean optional) implements FieldEncoder {
        @Override
        public void write(CodedOutputStream out, int number, @Nullable Object value) throws IOException {
            if (value != null) {
                try {
                    writer.write(out, number, value);
                } catch (ConversionException e) {
                    throw new ConversionException("field '" + path + "': " + e.getMessage(), e);
                } catch (ClassCastException | ArithmeticException e) {
                    throw new ConversionException(
                            "field '" + path + "': a value of "
                                    + value.getClass().getName() + " does not fit the field's schema",
                            e);
                }
            } else if (!optional) {
                throw new ConversionException("field '" + path + "' is required and null");
            }
        }
    }

    /** A list. BigQuery stores a null list as an empty one, and refuses nulls in a list. */
    record Repeated(String path, FieldEncoder element) implements FieldEncoder {
        @Override
        public void write(CodedOutputStream out, int number, @Nullable Object value) throws IOException {
            if (value == null) {
                return;
            }
            for (Object each : (Collection<?>) value) {
                if (each == null) {
                    throw new ConversionException("field '" + path + "' has a null element");
                }
                element.write(out, number, each);
            }
        }
    }
}
