package io.catalogconnect.transforms.pseudonym;

import java.util.IdentityHashMap;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The schemas of records whose field is replaced by a pseudonym. A text or bytes without a name or a default keeps its schema. A
 * number, a date, a decimal, a boolean or an enum becomes a text, because a pseudonym is none of their values. A default value
 * is removed, because it would be read in the clear. Thread-safe at once.
 */
final class PseudonymSchemas {
    private static final int MAX_SCHEMAS = 1_000;

    private final FieldPath path;
    private final IdentityHashMap<Schema, Schema> known = new IdentityHashMap<>();

    PseudonymSchemas(FieldPath path) {
        this.path = path;
    }

    /** The schema of a record with the pseudonym; the same schema if it does not change. */
    synchronized Schema changed(Schema schema) {
        Schema changed = known.get(schema);
        if (changed == null) {
            changed = changed(schema, 0);
            if (known.size() >= MAX_SCHEMAS) {
                known.clear();
            }
            known.put(schema, changed);
        }
        return changed;
    }

    private Schema changed(Schema schema, int depth) {
        if (schema.type() == Schema.Type.ARRAY) {
            Schema element = changed(schema.valueSchema(), depth);
            return element == schema.valueSchema() && schema.defaultValue() == null
                    ? schema
                    : copyOf(schema, SchemaBuilder.array(element)).build();
        }
        if (path.endsAt(depth)) {
            return leaf(schema);
        }
        return schema.type() == Schema.Type.STRUCT ? struct(schema, depth) : schema;
    }

    private Schema struct(Schema schema, int depth) {
        String name = path.names().get(depth);
        Field field = schema.field(name);
        if (field == null) {
            return schema;
        }
        Schema child = changed(field.schema(), depth + 1);
        if (child == field.schema() && schema.defaultValue() == null) {
            return schema;
        }
        SchemaBuilder builder = copyOf(schema, SchemaBuilder.struct());
        for (Field each : schema.fields()) {
            builder.field(each.name(), each.name().equals(name) ? child : each.schema());
        }
        return builder.build();
    }

    private static Schema leaf(Schema schema) {
        if (schema.type() == Schema.Type.STRUCT || schema.type() == Schema.Type.MAP) {
            return schema;
        }
        boolean isBytes = schema.type() == Schema.Type.BYTES && schema.name() == null;
        boolean isPlain = schema.name() == null
                && schema.defaultValue() == null
                && (schema.parameters() == null || schema.parameters().isEmpty());
        if (isPlain && (isBytes || schema.type() == Schema.Type.STRING)) {
            return schema;
        }
        SchemaBuilder builder = isBytes ? SchemaBuilder.bytes() : SchemaBuilder.string();
        return (schema.isOptional() ? builder.optional() : builder)
                .doc(schema.doc())
                .build();
    }

    /** Everything but the content and the default. */
    private static SchemaBuilder copyOf(Schema schema, SchemaBuilder builder) {
        builder.name(schema.name()).version(schema.version()).doc(schema.doc());
        if (schema.parameters() != null) {
            builder.parameters(schema.parameters());
        }
        return schema.isOptional() ? builder.optional() : builder;
    }
}
