package io.catalogconnect.bigquery.convert;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.catalogconnect.bigquery.commit.RefusalReport;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.table.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the rows of one schema: the record's fields, the extra columns, and the record's position in Kafka. It writes the
 * wire format itself, because protobuf's dynamic messages take four times as long. Not thread-safe.
 */
public final class RowEncoder {

    private final List<Column> columns;
    private final DescriptorProto descriptor;
    private final MessageEncoder message;
    private final List<FieldEncoder> extras;
    private final int firstExtraNumber;
    private final RowBuffer buffer = new RowBuffer();

    RowEncoder(List<Column> columns, DescriptorProto descriptor, MessageEncoder message, List<FieldEncoder> extras) {
        this.columns = List.copyOf(columns);
        this.descriptor = descriptor;
        this.message = message;
        this.extras = List.copyOf(extras);
        this.firstExtraNumber = message.fieldCount() + 1;
    }

    /** The columns that the table needs. */
    public List<Column> columns() {
        return columns;
    }

    /** Descriptor of the encoded rows. */
    public DescriptorProto descriptor() {
        return descriptor;
    }

    /** Format of the rows in a table. */
    public RowFormat format(String table) {
        return new RowFormat(table, descriptor);
    }

    /**
     * Encodes one record as a row.
     *
     * @param value a value of the schema that this encoder was compiled from; null for a row with extra columns only
     * @param extraValues values of the extra columns in their order, or null
     * @param report reports the record if its row is refused; null if refusals are not reported
     * @throws ConversionException if the value cannot be written to the table
     */
    public Row row(
            RowFormat format,
            @Nullable Object value,
            List<@Nullable Object> extraValues,
            RecordPosition position,
            @Nullable RefusalReport report) {
        ByteString bytes = encode(value, extraValues, position.topic(), position.partition(), position.offset());
        return new Row(position.offset(), position.timestamp(), format, bytes, report);
    }

    /**
     * Encodes the columns of one row.
     *
     * @param value a value of the schema that this encoder was compiled from; null for a row with extra columns only
     * @param extraValues values of the extra columns in their order, or null
     * @throws ConversionException if the value cannot be written to the table
     */
    public ByteString encode(
            @Nullable Object value, List<@Nullable Object> extraValues, String topic, int partition, long offset) {
        try {
            CodedOutputStream out = buffer.restart();
            if (value != null) {
                message.writeFields(out, value);
            }
            int number = firstExtraNumber;
            for (int i = 0; i < extras.size(); i++) {
                extras.get(i).write(out, number++, extraValues.get(i));
            }
            out.writeString(number, topic);
            out.writeInt64(number + 1, partition);
            out.writeInt64(number + 2, offset);
            return buffer.toByteString();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
