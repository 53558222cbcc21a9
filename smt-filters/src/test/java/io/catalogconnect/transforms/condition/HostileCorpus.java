package io.catalogconnect.transforms.condition;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs the rules of {@code hostile.txt}, each over its record, and prints the outcome and the steps of each. A separate program,
 * so that {@link HostileCorpusTest} can run it with a small heap.
 */
final class HostileCorpus {
    /** One line: a record, the expected outcome and a condition, in which {@code <<N:text>>} repeats a text. */
    record Line(String record, String outcome, String condition) {}

    private HostileCorpus() {}

    public static void main(String[] arguments) throws IOException {
        for (Line line : lines()) {
            System.out.println(outcome(line) + " " + Work.steps());
        }
    }

    static List<Line> lines() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                HostileCorpus.class.getResourceAsStream("/io/catalogconnect/transforms/hostile.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" +\\| +", 3))
                    .map(cells -> new Line(cells[0], cells[1], cells[2]))
                    .toList();
        }
    }

    private static String repeated(String condition) {
        int start = condition.indexOf("<<");
        if (start < 0) {
            return condition;
        }
        int colon = condition.indexOf(':', start);
        int end = condition.indexOf(">>", start);
        return condition.substring(0, start)
                + condition.substring(colon + 1, end).repeat(Integer.parseInt(condition.substring(start + 2, colon)))
                + repeated(condition.substring(end + 2));
    }

    private static String outcome(Line line) {
        Work.restart();
        try {
            Condition condition = Condition.of(ConditionText.whole("rule", repeated(line.condition())));
            Verdict verdict = condition.evaluate(record(line.record()));
            return switch (verdict.kind()) {
                case MATCH -> "true";
                case NO_MATCH -> "false";
                case ERROR -> verdict.detail().contains(" steps ") ? "limit" : "error";
                case NULL, MISSING -> verdict.kind().name().toLowerCase(Locale.ROOT);
            };
        } catch (ConditionSyntaxException e) {
            return "refused";
        } catch (OutOfMemoryError | StackOverflowError e) {
            return e.getClass().getSimpleName();
        }
    }

    private static SourceRecord record(String spec) {
        String kind = spec.replaceAll(":.*", "");
        int n = spec.contains(":") ? Integer.parseInt(spec.replaceAll(".*:", "")) : 0;
        return switch (kind) {
            case "none" -> FieldValue.record(null, null);
            case "text" -> map("a".repeat(n), "a".repeat(n / 2) + "b");
            case "blanks" -> map(" ".repeat(n), "");
            case "emoji" -> map("\uD83D\uDE00".repeat(n), "\uD83D\uDE00");
            case "digits" -> map("9".repeat(n), "1e" + "9".repeat(9));
            case "bytes" -> map(new byte[n], new byte[n]);
            case "list" ->
                map(
                        IntStream.range(0, n).boxed().toList(),
                        IntStream.range(0, n).boxed().toList());
            case "texts" -> map(texts(n), texts(n));
            case "decimal" -> map(new BigDecimal(BigInteger.ONE.shiftLeft(n)), new BigDecimal(BigInteger.ONE, n));
            case "bigint" -> map(BigInteger.ONE.shiftLeft(n), BigInteger.ONE.shiftLeft(n));
            case "deep-map" -> map(nested(n), nested(n));
            case "deep-list" -> map(nestedList(n), nestedList(n));
            case "deep-struct" -> deepStruct(n);
            case "recursive" -> recursive();
            case "wide" -> wide(n);
            case "odd" -> map(new Object(), Float.NaN);
            case "headers" -> {
                SourceRecord record = map("a", "b");
                IntStream.range(0, n).forEach(i -> record.headers().addString("h" + i, "v"));
                yield record;
            }
            default -> throw new IllegalArgumentException("Unknown record " + spec);
        };
    }

    private static SourceRecord map(Object x, Object y) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("x", x);
        map.put("y", y);
        return FieldValue.record(null, map);
    }

    private static List<String> texts(int n) {
        return IntStream.range(0, n).mapToObj(i -> "text " + i).toList();
    }

    private static Map<String, Object> nested(int levels) {
        Map<String, Object> inner = Map.of("z", 1);
        for (int i = 1; i < levels; i++) {
            inner = Map.of("x", inner);
        }
        return inner;
    }

    private static List<Object> nestedList(int levels) {
        List<Object> inner = List.of(1);
        for (int i = 1; i < levels; i++) {
            inner = List.of(inner);
        }
        return inner;
    }

    private static SourceRecord deepStruct(int levels) {
        Schema schema = SchemaBuilder.struct().field("x", Schema.STRING_SCHEMA).build();
        Struct struct = new Struct(schema).put("x", "end");
        for (int i = 1; i < levels; i++) {
            // Built without SchemaBuilder, whose checks visit all levels.
            Schema outer = structOf(List.of(new Field("x", 0, schema)));
            struct = unchecked(outer, struct);
            schema = outer;
        }
        return FieldValue.record(schema, struct);
    }

    /** A tree whose nodes have two children of the node's own schema, which converters for Avro represent by a wrapper. */
    private static SourceRecord recursive() {
        List<Schema> nodes = new ArrayList<>();
        Schema reference = (Schema) Proxy.newProxyInstance(
                HostileCorpus.class.getClassLoader(),
                new Class<?>[] {Schema.class},
                (proxy, method, arguments) -> method.invoke(nodes.get(0), arguments));
        Schema node = structOf(List.of(
                new Field("x", 0, reference), new Field("y", 1, reference), new Field("z", 2, Schema.INT64_SCHEMA)));
        nodes.add(node);
        Struct leaf = unchecked(node, null, null, 1L);
        return FieldValue.record(node, unchecked(node, leaf, leaf, 2L));
    }

    private static Schema structOf(List<Field> fields) {
        return new ConnectSchema(Schema.Type.STRUCT, true, null, null, null, null, null, fields, null, null);
    }

    /** A Struct whose values are set without the checks of {@code put}, which compare whole schemas. */
    private static Struct unchecked(Schema schema, @Nullable Object... values) {
        Struct struct = new Struct(schema);
        try {
            java.lang.reflect.Field field = Struct.class.getDeclaredField("values");
            field.setAccessible(true);
            field.set(struct, values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Kafka's Struct has no field 'values'", e);
        }
        return struct;
    }

    private static SourceRecord wide(int fields) {
        SchemaBuilder builder = SchemaBuilder.struct().field("x", Schema.STRING_SCHEMA);
        IntStream.range(0, fields).forEach(i -> builder.field("f" + i, Schema.OPTIONAL_STRING_SCHEMA));
        Schema schema = builder.build();
        Struct struct = new Struct(schema).put("x", "a");
        return FieldValue.record(schema, struct);
    }
}
