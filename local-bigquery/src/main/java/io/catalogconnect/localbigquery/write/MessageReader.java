package io.catalogconnect.localbigquery.write;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a protocol buffer message as the values of a list of columns. Compiled once per descriptor and schema. */
final class MessageReader {
    private static final Set<String> WRAPPERS = Set.of(
            "DoubleValue",
            "FloatValue",
            "Int64Value",
            "UInt64Value",
            "Int32Value",
            "UInt32Value",
            "BoolValue",
            "StringValue",
            "BytesValue");

    private final List<Column> columns;
    private final Map<Integer, Field> fields = new HashMap<>();

    private record Field(int column, String name, boolean repeated, boolean packable, ValueReader reader) {}

    /** The descriptor does not fit the table. */
    static final class MismatchException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean extraField;
        private final String text;

        MismatchException(boolean extraField, String message) {
            super(message);
            this.extraField = extraField;
            this.text = message;
        }

        String text() {
            return text;
        }

        /** Returns true if the text is the name of a field that the table does not have, false if it is a sentence. */
        boolean isExtraField() {
            return extraField;
        }
    }

    private MessageReader(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * Compiles a descriptor for columns.
     *
     * @param seen the columns that the Write API knows; a field for another column is an extra field
     * @throws MismatchException when a field has no column or a column of another type
     */
    static MessageReader compile(Descriptor message, List<Column> columns, List<Column> seen, String path) {
        MessageReader plan = new MessageReader(columns);
        for (FieldDescriptor field : message.getFields()) {
            int column = indexOf(columns, ColumnNames.of(field));
            Optional<Column> known = Column.find(seen, ColumnNames.of(field));
            if (column < 0 || known.isEmpty()) {
                throw new MismatchException(true, path + ColumnNames.of(field));
            }
            plan.add(field, column, known.get(), message, path);
        }
        return plan;
    }

    private static int indexOf(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private void add(FieldDescriptor field, int index, Column seen, Descriptor message, String path) {
        Column column = columns.get(index);
        String where = message.getName() + "." + field.getName();
        if (field.isRepeated() != column.repeated()) {
            throw new MismatchException(
                    false,
                    "The proto field mode mismatched with BigQuery field at " + where + ", the proto field mode "
                            + (field.isRepeated() ? "REPEATED" : "OPTIONAL") + ", BigQuery field mode "
                            + column.mode());
        }
        ValueReader reader = reader(field, column, seen, where, path);
        fields.put(field.getNumber(), new Field(index, column.name(), field.isRepeated(), field.isPackable(), reader));
    }

    private static ValueReader reader(FieldDescriptor field, Column column, Column seen, String where, String path) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return ValueReaders.of(column.type(), field).orElseThrow(() -> mismatch(field, column, where));
        }
        Descriptor type = field.getMessageType();
        if (column.type() == FieldType.STRUCT) {
            return struct(field, compile(type, column.fields(), seen.fields(), path + column.name() + "."));
        }
        String name = type.getName().substring(type.getName().lastIndexOf('_') + 1);
        if (name.equals("Timestamp") && column.type() == FieldType.TIMESTAMP) {
            return in -> delimited(in, ValueReaders::readTimestampMessage);
        }
        FieldDescriptor value = WRAPPERS.contains(name) ? type.findFieldByNumber(1) : null;
        if (value == null) {
            throw mismatch(field, column, where);
        }
        ValueReader inner = ValueReaders.of(column.type(), value).orElseThrow(() -> mismatch(field, column, where));
        return in -> delimited(in, content -> readWrapper(content, column, inner));
    }

    private static Object readWrapper(CodedInputStream in, Column column, ValueReader inner) throws IOException {
        Object value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == 1) {
                value = inner.read(in);
            } else {
                in.skipField(tag);
            }
        }
        // A wrapper message around the zero value of a type is empty.
        return value == null ? zero(column, inner) : value;
    }

    private static Object zero(Column column, ValueReader inner) throws IOException {
        byte[] eightZeros = new byte[8];
        try {
            return inner.read(CodedInputStream.newInstance(eightZeros));
        } catch (InvalidValueException e) {
            throw new InvalidValueException("An empty wrapper has no value as " + column.typeText());
        }
    }

    private static MismatchException mismatch(FieldDescriptor field, Column column, String where) {
        return new MismatchException(
                false,
                "The proto field mismatched with BigQuery field at " + where + ", the proto field type "
                        + field.getType().name().toLowerCase(Locale.ROOT) + ", BigQuery field type "
                        + column.type().restName());
    }

    private static ValueReader struct(FieldDescriptor field, MessageReader plan) {
        if (field.getType() == FieldDescriptor.Type.GROUP) {
            throw new MismatchException(false, "Proto groups are not supported at " + field.getFullName());
        }
        return in -> delimited(in, plan::read);
    }

    private static Object delimited(CodedInputStream in, ValueReader content) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        Object value = content.read(in);
        in.popLimit(limit);
        return value;
    }

    /** Returns whether the message has a field for a column. */
    boolean writes(Column column) {
        return fields.values().stream()
                .anyMatch(field -> columns.get(field.column()).equals(column));
    }

    /**
     * Reads a message until its end.
     *
     * @return one value per column; null if the message has none, an empty list for a REPEATED column without elements
     */
    @Nullable
    Object[] read(CodedInputStream in) throws IOException {
        @Nullable Object[] row = new Object[columns.size()];
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Field field = fields.get(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                in.skipField(tag);
            } else if (field.repeated()) {
                readElements(in, field, tag, elements(row, field.column()));
            } else {
                row[field.column()] = readNamed(in, field);
            }
        }
        for (int i = 0; i < row.length; i++) {
            if (row[i] == null && columns.get(i).repeated()) {
                row[i] = List.of();
            }
        }
        return row;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> elements(@Nullable Object[] row, int column) {
        Object known = row[column];
        if (known == null) {
            List<Object> elements = new ArrayList<>();
            row[column] = elements;
            return elements;
        }
        return (List<Object>) known;
    }

    private static void readElements(CodedInputStream in, Field field, int tag, List<Object> elements)
            throws IOException {
        if (field.packable() && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int limit = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                elements.add(readNamed(in, field));
            }
            in.popLimit(limit);
        } else {
            elements.add(readNamed(in, field));
        }
    }

    private static Object readNamed(CodedInputStream in, Field field) throws IOException {
        try {
            return field.reader().read(in);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("Field " + field.name() + ": " + e.getMessage());
        }
    }
}
