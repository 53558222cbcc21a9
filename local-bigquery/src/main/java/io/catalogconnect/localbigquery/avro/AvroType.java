package io.catalogconnect.localbigquery.avro;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type of an Avro schema.
 *
 * @param field the column for such values, without its name; null if the only value is null, which has no column
 * @param value reads a value
 * @param minBytes the size of the smallest value
 * @param columns the number of columns, counting the fields of records
 * @param depth the number of records inside each other
 */
record AvroType(@Nullable TableFieldSchema field, AvroValue value, int minBytes, long columns, int depth) {

    static final AvroType NULL = new AvroType(null, in -> null, 0, 0, 0);

    static AvroType scalar(String type, int minBytes, AvroValue value) {
        return new AvroType(new TableFieldSchema().setType(type).setMode("REQUIRED"), value, minBytes, 1, 0);
    }

    boolean isRepeated() {
        return field != null && "REPEATED".equals(field.getMode());
    }

    /** The same type, of which every value has an index before it, as in a union. */
    AvroType inUnion(boolean nullable, AvroValue read) {
        TableFieldSchema column = field == null ? null : field.clone();
        if (column != null && nullable && !isRepeated()) {
            column.setMode("NULLABLE");
        }
        return new AvroType(column, read, 1, columns, depth);
    }

    /** Lists of this type. A list ends with a block of the length 0. */
    AvroType repeated(AvroValue list) {
        TableFieldSchema column = field == null ? null : field.clone().setMode("REPEATED");
        return new AvroType(column, list, 1, columns, depth);
    }

    /** The values of a list, in blocks. A block with a negative length also has its size in bytes. */
    static List<@Nullable Object> readList(AvroInput in, AvroValue element) {
        List<@Nullable Object> list = new ArrayList<>();
        for (long length = in.readLong(); length != 0; length = in.readLong()) {
            if (length < 0) {
                in.readLong();
            }
            // Each element has at least one byte.
            if (length == Long.MIN_VALUE || Math.abs(length) > in.remaining()) {
                throw new AvroException("An array has more elements than its block has bytes");
            }
            int elements = (int) Math.abs(length);
            in.count(elements);
            for (int i = 0; i < elements; i++) {
                list.add(element.read(in));
            }
        }
        return list;
    }
}
