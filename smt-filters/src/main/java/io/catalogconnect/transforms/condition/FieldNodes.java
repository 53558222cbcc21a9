package io.catalogconnect.transforms.condition;

import dev.cel.common.values.NullValue;
import java.util.List;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Parts that look into the record. Where the schema is known a field is read by its index. */
final class FieldNodes {
    private FieldNodes() {}

    /** A part whose value in Connect's own kinds can be had without conversion; null is Java's. */
    abstract static class Raw extends Node {
        private final @Nullable Schema schema;
        private final boolean asItIs;

        Raw(@Nullable Schema schema) {
            this.schema = schema;
            this.asItIs = schema != null && schema.name() == null && isTheLanguagesOwn(schema.type());
        }

        abstract @Nullable Object raw(ConnectRecord<?> record);

        @Nullable
        Schema schema() {
            return schema;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            Object value = raw(record);
            if (value == null) {
                return NullValue.NULL_VALUE;
            }
            return asItIs ? value : RecordView.toCel(schema, value);
        }

        private static boolean isTheLanguagesOwn(Schema.Type type) {
            return switch (type) {
                case STRING, INT64, BOOLEAN -> true;
                default -> false;
            };
        }
    }

    /** The value, known to be a Struct of this schema. */
    static final class ValueStruct extends Raw {
        ValueStruct(Schema schema) {
            super(schema);
        }

        @Override
        @Nullable
        Object raw(ConnectRecord<?> record) {
            return record.value();
        }
    }

    /** The key, known to be a Struct of this schema. */
    static final class KeyStruct extends Raw {
        KeyStruct(Schema schema) {
            super(schema);
        }

        @Override
        @Nullable
        Object raw(ConnectRecord<?> record) {
            return record.key();
        }
    }

    /** A field of a Struct whose schema is known. */
    static final class OfStruct extends Raw {
        private final Raw holder;
        private final Field field;
        private final Undecided holderIsNull;

        OfStruct(Raw holder, Field field) {
            super(field.schema());
            this.holder = holder;
            this.field = field;
            this.holderIsNull = RuntimeFunctions.holderIsNull(field.name());
        }

        @Override
        @Nullable
        Object raw(ConnectRecord<?> record) {
            Struct struct = (Struct) holder.raw(record);
            if (struct == null) {
                throw holderIsNull;
            }
            return struct.get(field);
        }
    }

    /** Value, key, topic or timestamp of a record whose schema is not known. */
    static final class Variable extends Node {
        private final String name;

        Variable(String name) {
            this.name = name;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            return CelEvaluator.variable(record, name);
        }
    }

    /** A field of something whose fields are known when it is there and not before. */
    static final class ByName extends Node {
        private final Node holder;
        private final String name;

        ByName(Node holder, String name) {
            this.holder = holder;
            this.name = name;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            return RuntimeFunctions.field(holder.eval(record), name);
        }
    }

    static final class Has extends Node.Test {
        private final Node holder;
        private final String name;

        Has(Node holder, String name) {
            this.holder = holder;
            this.name = name;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            return RuntimeFunctions.has(holder.eval(record), name);
        }
    }

    /** {@code present} of a field of a Struct whose schema is known. */
    static final class PresentField extends Node.Test {
        private final Raw field;
        private final boolean text;

        PresentField(Raw field) {
            this.field = field;
            this.text = field.schema() != null && field.schema().type() == Schema.Type.STRING;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            if (text) {
                String value = (String) field.raw(record);
                return value != null && !value.isBlank();
            }
            return RuntimeFunctions.filled(field.eval(record));
        }
    }

    /** {@code present} along a path that may end before its end. */
    static final class PresentPath extends Node.Test {
        private final Node root;
        private final List<String> path;

        PresentPath(Node root, List<String> path) {
            this.root = root;
            this.path = path;
        }

        @Override
        boolean test(ConnectRecord<?> record) {
            return RuntimeFunctions.present(root.eval(record), path);
        }
    }

    /** An element of a list. */
    static final class Element extends Node {
        private final Node list;
        private final long index;

        Element(Node list, long index) {
            this.list = list;
            this.index = index;
        }

        @Override
        Object eval(ConnectRecord<?> record) {
            Object holder = list.eval(record);
            if (holder instanceof List<?> elements) {
                if (index < 0 || index >= elements.size()) {
                    throw Undecided.error("a list is shorter than the index that is asked for");
                }
                return java.util.Objects.requireNonNull(elements.get((int) index));
            }
            if (holder instanceof RecordView) {
                throw new Undecided(Verdict.Kind.MISSING, "the record has no such entry");
            }
            throw Undecided.error("[ ] needs a list or a map and got " + RecordValues.kindOf(holder));
        }
    }
}
