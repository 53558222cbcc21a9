package io.catalogconnect.transforms.condition;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A Struct, a Map or the headers as the language sees them: fields by name, converted when asked for and not before.
 *
 * <p>{@link #find} is what conditions use. The Map side is there for the language's own functions (size, equality).
 */
abstract class RecordView extends AbstractMap<String, Object> {

    /** The field's value, or null when there is no such field. A field that is null gives the language's null. */
    abstract @Nullable Object find(String name);

    /** Whether a name that is not there is a mistake (a schema says what there is) or an absence like any other. */
    abstract boolean declaresItsFields();

    /** What this is, for errors: "schema io.catalogconnect.Product". */
    abstract String description();

    @Override
    public @Nullable Object get(Object key) {
        return key instanceof String name ? find(name) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    static final class OfStruct extends RecordView {
        private final Struct struct;

        OfStruct(Struct struct) {
            this.struct = struct;
        }

        @Override
        @Nullable
        Object find(String name) {
            Field field = struct.schema().field(name);
            return field == null ? null : RecordValues.toCel(field.schema(), struct.get(field));
        }

        @Override
        boolean declaresItsFields() {
            return true;
        }

        @Override
        String description() {
            return describe(struct.schema());
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            for (Field field : struct.schema().fields()) {
                all.put(field.name(), RecordValues.toCel(field.schema(), struct.get(field)));
            }
            return all.entrySet();
        }

        @Override
        public int size() {
            return struct.schema().fields().size();
        }

        static String describe(Schema schema) {
            String name = schema.name() == null ? "without a name" : schema.name();
            return "the record's schema " + name + (schema.version() == null ? "" : " version " + schema.version());
        }
    }

    static final class OfMap extends RecordView {
        private final Map<?, ?> map;
        private final @Nullable Schema values;

        OfMap(Map<?, ?> map, @Nullable Schema values) {
            this.map = map;
            this.values = values;
        }

        @Override
        @Nullable
        Object find(String name) {
            Object value = map.get(name);
            return value == null && !map.containsKey(name) ? null : RecordValues.toCel(values, value);
        }

        @Override
        boolean declaresItsFields() {
            return false;
        }

        @Override
        String description() {
            return "the record's map";
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, value) -> all.put(String.valueOf(key), RecordValues.toCel(values, value)));
            return all.entrySet();
        }
    }

    /** Headers by name; of several with one name the last one counts. */
    static final class OfHeaders extends RecordView {
        private final Headers headers;

        OfHeaders(Headers headers) {
            this.headers = headers;
        }

        @Override
        @Nullable
        Object find(String name) {
            Header header = headers.lastWithName(name);
            return header == null ? null : RecordValues.toCel(header.schema(), header.value());
        }

        @Override
        boolean declaresItsFields() {
            return false;
        }

        @Override
        String description() {
            return "the record's headers";
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            Map<String, Object> all = new LinkedHashMap<>();
            for (Header header : headers) {
                all.put(header.key(), RecordValues.toCel(header.schema(), header.value()));
            }
            return all.entrySet();
        }
    }
}
