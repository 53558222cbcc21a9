package io.catalogconnect.bigquery.convert;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.Column.Mode;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.MetaColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a Connect schema to the columns that it needs, the descriptor that appends carry, and the encoder of its rows.
 * Structs become STRUCT, arrays REPEATED, maps REPEATED STRUCT of key and value; see docs/types.md.
 */
public final class SchemaConverter {

    private static final int MAX_DEPTH = 15;

    private SchemaConverter() {}

    /**
     * Compiles the schema of a record's value for a new table.
     *
     * @param extras extra columns, which follow those of the value
     * @throws ConversionException if BigQuery cannot represent it
     */
    public static RowEncoder compile(Schema schema, List<ExtraColumn> extras) {
        return compile(schema, extras, ExistingColumns.NONE);
    }

    /**
     * Compiles the schema of a record's value.
     *
     * @param extras extra columns, which follow those of the value
     * @param existing columns of the table, to whose types values are converted
     * @throws ConversionException if BigQuery cannot represent it
     */
    public static RowEncoder compile(Schema schema, List<ExtraColumn> extras, ExistingColumns existing) {
        Message row = new Message("Row", existing);
        value(schema, Set.of(), row);
        return encoder(row, extras(extras, row));
    }

    /**
     * Compiles a schema for changes of rows by primary key. Only the columns of the key are required, because a deletion may have
     * no other values.
     *
     * @param schema schema of the record's value; null for rows that have extra columns only
     * @param omitted keys of columns of the value that are not written
     * @param required keys of the columns of the primary key
     * @param existing columns of the table, to whose types values are converted
     * @throws ConversionException if BigQuery cannot represent it
     */
    public static RowEncoder compileChanges(
            @Nullable Schema schema,
            Set<String> omitted,
            List<ExtraColumn> extras,
            Set<String> required,
            ExistingColumns existing) {
        Message row = new Message("Row", existing);
        if (schema != null) {
            value(schema, omitted, row);
        }
        List<FieldEncoder> extraEncoders = extras(extras, row);
        row.require(required);
        return encoder(row, extraEncoders);
    }

    private static void value(Schema schema, Set<String> omitted, Message row) {
        if (schema.type() != Schema.Type.STRUCT) {
            throw new ConversionException("the record's value is of type " + schema.type()
                    + "; a row needs a struct with named fields. Wrap it with the HoistField transformation.");
        }
        struct(schema, "", 1, row, omitted);
    }

    private static List<FieldEncoder> extras(List<ExtraColumn> extras, Message row) {
        List<FieldEncoder> encoders = new ArrayList<>();
        for (ExtraColumn extra : extras) {
            ScalarType type = extra.scalar(row.existing);
            Column column =
                    Column.of(extra.name(), type.column(), Mode.NULLABLE).withDigits(type.digits());
            refuseDuplicate(row, column);
            if (extra.isStored()) {
                row.columns.add(column);
            }
            row.describe(column, type.wire());
            encoders.add(new FieldEncoder.Scalar(extra.name(), type.writer(), true));
        }
        return encoders;
    }

    private static RowEncoder encoder(Message row, List<FieldEncoder> extraEncoders) {
        for (Column meta : MetaColumns.ALL) {
            refuseDuplicate(row, meta);
            row.columns.add(meta);
            row.describe(
                    meta,
                    meta.type() == ColumnType.STRING
                            ? FieldDescriptorProto.Type.TYPE_STRING
                            : FieldDescriptorProto.Type.TYPE_INT64);
        }
        return new RowEncoder(
                row.columns, row.descriptor.build(), new MessageEncoder(row.getters, row.encoders), extraEncoders);
    }

    private static void refuseDuplicate(Message row, Column column) {
        if (row.columns.stream().anyMatch(taken -> taken.key().equals(column.key()))) {
            throw new ConversionException("the record has a field '" + column.name()
                    + "', but the sink adds a column of that name. Rename the field with a transformation.");
        }
    }

    /** A message whose fields are being collected. */
    private static final class Message {
        private final ExistingColumns existing;
        private final DescriptorProto.Builder descriptor;
        private final List<Column> columns = new ArrayList<>();
        /** Keys of the columns of all fields, also of pseudo columns. */
        private final List<String> keys = new ArrayList<>();

        private final List<MessageEncoder.Getter> getters = new ArrayList<>();
        private final List<FieldEncoder> encoders = new ArrayList<>();

        /** @param existing the columns of the table or STRUCT that the message is written to */
        Message(String name, ExistingColumns existing) {
            this.descriptor = DescriptorProto.newBuilder().setName(name);
            this.existing = existing;
        }

        /** The message of a STRUCT column of this one. */
        Message nested(String column) {
            return new Message("T_" + ProtobufNames.of(column), existing.fieldsOf(column));
        }

        void add(Column column, MessageEncoder.Getter getter, FieldEncoder encoder) {
            columns.add(column);
            getters.add(getter);
            encoders.add(encoder);
        }

        FieldDescriptorProto.Builder describe(Column column, FieldDescriptorProto.Type type) {
            keys.add(column.key());
            FieldDescriptorProto.Builder field = descriptor
                    .addFieldBuilder()
                    .setName(ProtobufNames.of(column.name()))
                    .setNumber(descriptor.getFieldCount())
                    .setType(type)
                    .setLabel(
                            switch (column.mode()) {
                                case REQUIRED -> Label.LABEL_REQUIRED;
                                case NULLABLE -> Label.LABEL_OPTIONAL;
                                case REPEATED -> Label.LABEL_REPEATED;
                            });
            if (!field.getName().equals(column.name())) {
                field.setOptions(ProtobufNames.columnName(column.name()));
            }
            return field;
        }

        /** Makes the named columns required and all others nullable. */
        void require(Set<String> required) {
            columns.replaceAll(column -> column.mode() == Mode.REPEATED
                    ? column
                    : column.withMode(required.contains(column.key()) ? Mode.REQUIRED : Mode.NULLABLE));
            for (int i = 0; i < keys.size(); i++) {
                FieldDescriptorProto.Builder field = descriptor.getFieldBuilder(i);
                if (field.getLabel() != Label.LABEL_REPEATED) {
                    field.setLabel(required.contains(keys.get(i)) ? Label.LABEL_REQUIRED : Label.LABEL_OPTIONAL);
                }
            }
        }

        void describeNested(Column column, Message nested) {
            describe(column, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(nested.descriptor.getName());
            descriptor.addNestedType(nested.descriptor);
        }
    }

    private static void struct(Schema schema, String path, int depth, Message message) {
        struct(schema, path, depth, message, Set.of());
    }

    private static void struct(Schema schema, String path, int depth, Message message, Set<String> omitted) {
        if (depth > MAX_DEPTH) {
            throw new ConversionException(
                    "field '" + path + "' is nested deeper than the " + MAX_DEPTH + " levels that BigQuery permits");
        }
        message.existing
                .rules()
                .naming()
                .refuseCollisions(
                        path.isEmpty() ? "the record's schema" : "field '" + path + "'",
                        schema.fields().stream().map(Field::name).toList());
        if (schema.fields().isEmpty()) {
            throw new ConversionException(
                    (path.isEmpty() ? "the record" : "field '" + path + "'") + " is a struct without fields");
        }
        for (Field field : schema.fields()) {
            String below = path.isEmpty() ? field.name() : path + "." + field.name();
            String name = message.existing.columnFor(field.name());
            if (omitted.contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            field(name, field.schema(), below, depth, message, whole -> ((Struct) whole).get(field));
        }
    }

    private static void field(
            String name, Schema schema, String path, int depth, Message message, MessageEncoder.Getter getter) {
        ScalarType scalar = scalar(schema, path, message.existing, name, false);
        if (scalar != null) {
            Column column = Column.of(name, scalar.column(), mode(schema)).withDigits(scalar.digits());
            message.describe(column, scalar.wire());
            message.add(column, getter, new FieldEncoder.Scalar(path, scalar.writer(), schema.isOptional()));
            return;
        }
        switch (schema.type()) {
            case ARRAY -> array(name, schema, path, depth, message, getter);
            case MAP -> map(name, schema, path, depth, message, getter);
            default -> {
                Message nested = message.nested(name);
                struct(schema, path, depth + 1, nested);
                Column column = new Column(name, ColumnType.STRUCT, mode(schema), nested.columns);
                message.describeNested(column, nested);
                message.add(
                        column,
                        getter,
                        new MessageEncoder.Nested(
                                path, new MessageEncoder(nested.getters, nested.encoders), schema.isOptional()));
            }
        }
    }

    private static void array(
            String name, Schema schema, String path, int depth, Message message, MessageEncoder.Getter getter) {
        Schema element = schema.valueSchema();
        ScalarType scalar = scalar(element, path, message.existing, name, true);
        if (scalar != null) {
            Column column = Column.of(name, scalar.column(), Mode.REPEATED).withDigits(scalar.digits());
            message.describe(column, scalar.wire());
            message.add(
                    column,
                    getter,
                    new FieldEncoder.Repeated(path, new FieldEncoder.Scalar(path, scalar.writer(), false)));
            return;
        }
        switch (element.type()) {
            case ARRAY, MAP ->
                throw new ConversionException("field '" + path + "' is an array of "
                        + (element.type() == Schema.Type.ARRAY ? "arrays" : "maps")
                        + ", which BigQuery does not support. Wrap the elements in a struct.");
            default -> {
                Message nested = message.nested(name);
                struct(element, path, depth + 1, nested);
                Column column = new Column(name, ColumnType.STRUCT, Mode.REPEATED, nested.columns);
                message.describeNested(column, nested);
                FieldEncoder each =
                        new MessageEncoder.Nested(path, new MessageEncoder(nested.getters, nested.encoders), false);
                message.add(column, getter, new FieldEncoder.Repeated(path, each));
            }
        }
    }

    private static void map(
            String name, Schema schema, String path, int depth, Message message, MessageEncoder.Getter getter) {
        Message entry = message.nested(name);
        if (depth >= MAX_DEPTH) {
            throw new ConversionException(
                    "field '" + path + "' is nested deeper than the " + MAX_DEPTH + " levels that BigQuery permits");
        }
        field("key", schema.keySchema(), path + ".key", depth + 1, entry, each -> ((Map.Entry<?, ?>) each).getKey());
        field(
                "value",
                schema.valueSchema(),
                path + ".value",
                depth + 1,
                entry,
                each -> ((Map.Entry<?, ?>) each).getValue());
        Column column = new Column(name, ColumnType.STRUCT, Mode.REPEATED, entry.columns);
        message.describeNested(column, entry);
        message.add(
                column, getter, new MessageEncoder.Entries(path, new MessageEncoder(entry.getters, entry.encoders)));
    }

    /** The scalar type of a field or element, or null if it becomes a message. */
    private static @Nullable ScalarType scalar(
            Schema schema, String path, ExistingColumns existing, String column, boolean repeated) {
        try {
            return existing.scalar(schema, column, repeated);
        } catch (ConversionException e) {
            throw new ConversionException("field '" + path + "': " + e.getMessage(), e);
        }
    }

    private static Mode mode(Schema schema) {
        return schema.isOptional() ? Mode.NULLABLE : Mode.REQUIRED;
    }
}
