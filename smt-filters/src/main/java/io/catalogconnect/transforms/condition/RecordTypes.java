package io.catalogconnect.transforms.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * The types of a record's value and key as far as they are known. Every field counts as one that may be null, whatever its
 * schema says: a condition may ask for null without being refused. Immutable.
 */
final class RecordTypes {
    /** Nothing is known: every name is taken as it comes. */
    static final RecordTypes UNKNOWN = new RecordTypes(SimpleType.DYN, SimpleType.DYN, ImmutableList.of(), Set.of());

    private final Set<String> fieldNames;
    private final CelCompiler compiler;

    private RecordTypes(CelType value, CelType key, ImmutableList<StructType> structs, Set<String> fieldNames) {
        this.fieldNames = fieldNames;
        this.compiler = Language.compiler(value, key, structs);
    }

    /**
     * The types that schemas give.
     *
     * @param valueSchema null for a value without a schema, which is then taken as it comes
     * @param keySchema likewise for the key
     * @param tolerated names that are no error where a schema does not have them, because only a record can tell whether
     *     they are asked for
     */
    static RecordTypes of(@Nullable Schema valueSchema, @Nullable Schema keySchema, Set<String> tolerated) {
        Collector collector = new Collector(tolerated);
        CelType value = collector.type(Language.VALUE, valueSchema, 0);
        CelType key = collector.type(Language.KEY, keySchema, 0);
        return new RecordTypes(value, key, ImmutableList.copyOf(collector.structs), collector.names);
    }

    /**
     * The types that somebody says the value's fields have.
     *
     * @param fields null for a field that may be of any kind
     */
    static RecordTypes ofFields(Map<String, @Nullable Schema> fields) {
        Collector collector = new Collector(Set.of());
        CelType value = collector.struct(Language.VALUE, fields, 0);
        return new RecordTypes(value, SimpleType.DYN, ImmutableList.copyOf(collector.structs), collector.names);
    }

    /** What parses and checks conditions over these types. */
    CelCompiler compiler() {
        return compiler;
    }

    /** Every field's name, for "did you mean". */
    Set<String> fieldNames() {
        return fieldNames;
    }

    /** Levels of a schema whose types are known; a field below is read as a field without a schema is. */
    static final int MAX_LEVELS = 64;

    /** Converts schemas. A schema that contains itself is converted once, and refers to itself by its name. */
    private static final class Collector {
        private final Set<String> tolerated;
        private final List<StructType> structs = new ArrayList<>();
        private final Set<String> names = new LinkedHashSet<>();
        private final IdentityHashMap<Schema, CelType> converted = new IdentityHashMap<>();

        Collector(Set<String> tolerated) {
            this.tolerated = tolerated;
        }

        CelType type(String path, @Nullable Schema schema, int level) {
            if (schema == null || level > MAX_LEVELS) {
                return SimpleType.DYN;
            }
            CelType logical = logicalType(schema.name());
            if (logical != null) {
                return logical;
            }
            return switch (schema.type()) {
                case INT8, INT16, INT32, INT64 -> NullableType.create(SimpleType.INT);
                case FLOAT32, FLOAT64 -> NullableType.create(SimpleType.DOUBLE);
                case BOOLEAN -> NullableType.create(SimpleType.BOOL);
                case STRING -> NullableType.create(SimpleType.STRING);
                case BYTES -> NullableType.create(SimpleType.BYTES);
                case ARRAY -> ListType.create(type(path + "[]", schema.valueSchema(), level + 1));
                case MAP ->
                    schema.keySchema().type() == Schema.Type.STRING
                            ? MapType.create(SimpleType.STRING, type(path + "{}", schema.valueSchema(), level + 1))
                            : SimpleType.DYN;
                case STRUCT -> struct(path, schema, level);
            };
        }

        private static @Nullable CelType logicalType(@Nullable String name) {
            if (name == null) {
                return null;
            }
            return switch (name) {
                case Decimal.LOGICAL_NAME -> NullableType.create(SimpleType.DOUBLE);
                case Date.LOGICAL_NAME, Timestamp.LOGICAL_NAME -> SimpleType.TIMESTAMP;
                case Time.LOGICAL_NAME -> SimpleType.DURATION;
                default -> null;
            };
        }

        private CelType struct(String path, Schema schema, int level) {
            CelType known = converted.get(schema);
            if (known != null) {
                return known;
            }
            converted.put(schema, StructTypeReference.create("@" + path));
            Map<String, @Nullable Schema> fields = new LinkedHashMap<>();
            schema.fields().forEach(field -> fields.put(field.name(), field.schema()));
            return struct(path, fields, level);
        }

        CelType struct(String path, Map<String, @Nullable Schema> fields, int level) {
            Map<String, CelType> all = new LinkedHashMap<>();
            tolerated.forEach(name -> all.put(name, SimpleType.DYN));
            fields.forEach((field, schema) -> all.put(field, type(path + "." + field, schema, level + 1)));
            names.addAll(fields.keySet());
            // No name that a condition could spell, or value.address would mean the type itself.
            String name = "@" + path;
            ImmutableMap<String, CelType> types = ImmutableMap.copyOf(all);
            structs.add(StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field))));
            return StructTypeReference.create(name);
        }
    }
}
