package io.catalogconnect.benchmarks.rules;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.catalogconnect.benchmarks.connectors.CatalogValues;
import io.catalogconnect.transforms.ConditionFilter;
import io.catalogconnect.transforms.condition.Condition;
import io.catalogconnect.transforms.condition.ConditionText;
import io.catalogconnect.transforms.condition.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The rule of the main job that asks most of a record: brand, year and image. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SamsungRuleBenchmark {
    private static final String RULE =
            "value.brand == \"Samsung\" && value.year_release > 2000 && !present(value.image)";
    private static final String GROOVY =
            "value.get('brand') == 'Samsung' && value.get('year_release') > 2000 && !value.get('image')";
    private static final String PLAIN_CEL =
            "value.brand == 'Samsung' && value.year_release > 2000 && (!has(value.image) || value.image == '')";

    private static final List<String> BRANDS = List.of("HP", "Samsung", "Dell", "Toshiba", "Acer", "Lenovo");
    private static final int MASK = 1023;

    /** Which records: all match, none does at the first comparison, or as in a catalogue. */
    @Param({"match", "other-brand", "catalogue"})
    public String records = "";

    private SourceRecord[] rows = {};
    private Map<String, @Nullable Object>[] maps = newMaps();
    private int next;

    private @Nullable Condition condition;
    private @Nullable ConditionFilter<SourceRecord> filter;
    private CelRuntime.@Nullable Program cel;
    private @Nullable CompiledScript groovy;
    private @Nullable Bindings bindings;

    /** Prepares the records and every contender. */
    @Setup
    public void prepare() throws CelValidationException, CelEvaluationException, ScriptException {
        Random random = new Random(7);
        rows = new SourceRecord[MASK + 1];
        maps = newMaps();
        for (int i = 0; i <= MASK; i++) {
            Struct struct = row(random);
            rows[i] = new SourceRecord(
                    Map.of("o", "o"), Map.of("r", 1L), "t", null, null, "k", CatalogValues.SCHEMA, struct, 0L);
            Map<String, @Nullable Object> map = new java.util.HashMap<>();
            // CEL does not accept Java's null, so a null field is left out.
            CatalogValues.SCHEMA.fields().stream()
                    .filter(field -> struct.get(field) != null)
                    .forEach(field -> map.put(field.name(), struct.get(field)));
            maps[i] = map;
        }
        condition = Condition.of(ConditionText.whole("samsung", RULE));
        filter = new ConditionFilter<>();
        filter.configure(Map.of("condition", RULE));
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.HAS)
                .addVar("value", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .build();
        cel = CelRuntimeFactory.plannerRuntimeBuilder()
                .build()
                .createProgram(compiler.compile(PLAIN_CEL).getAst());
        groovy = ((Compilable) new ScriptEngineManager().getEngineByName("groovy")).compile(GROOVY);
        bindings = groovy.getEngine().createBindings();
        check();
    }

    private Struct row(Random random) {
        boolean mixed = records.equals("catalogue");
        String brand = records.equals("match") ? "Samsung" : mixed ? BRANDS.get(random.nextInt(6)) : "Toshiba";
        long year = mixed ? 1955 + random.nextInt(59) : 2010;
        String image = mixed && random.nextInt(100) < 74 ? "data:image/png;base64," + "A".repeat(600) : null;
        // A fresh string, as a converter makes it: not the one of the rule.
        return new Struct(CatalogValues.SCHEMA)
                .put("brand", new String(brand.toCharArray()))
                .put("category_id", 7L)
                .put("image", image)
                .put("year_release", year);
    }

    /** All contenders say the same of every record, or there is nothing to compare. */
    private void check() throws CelEvaluationException, ScriptException {
        for (int i = 0; i <= MASK; i++) {
            boolean expected = handWritten();
            next--;
            boolean[] answers = {compiledRule().equals(Verdict.MATCH), false, false, false};
            next--;
            answers[1] = transformation() != null;
            next--;
            answers[2] = Boolean.TRUE.equals(plainCel());
            next--;
            answers[3] = Boolean.TRUE.equals(debeziumStyleGroovy());
            for (boolean answer : answers) {
                if (answer != expected) {
                    throw new IllegalStateException("The contenders differ at record " + i);
                }
            }
        }
    }

    private SourceRecord nextRow() {
        return rows[next++ & MASK];
    }

    /** As one would write it for this schema in Java. */
    @Benchmark
    public boolean handWritten() {
        Struct value = (Struct) nextRow().value();
        if (!"Samsung".equals(value.getString("brand"))) {
            return false;
        }
        Long year = value.getInt64("year_release");
        if (year == null || year <= 2000) {
            return false;
        }
        String image = value.getString("image");
        return image == null || image.isBlank();
    }

    /** The rule as our transformations run it. */
    @Benchmark
    public Verdict compiledRule() {
        return java.util.Objects.requireNonNull(condition).evaluate(nextRow());
    }

    /** The whole transformation, counting included. */
    @Benchmark
    public @Nullable SourceRecord transformation() {
        return java.util.Objects.requireNonNull(filter).apply(nextRow());
    }

    /** CEL's own runtime over a Map that is there already. */
    @Benchmark
    public Object plainCel() throws CelEvaluationException {
        return java.util.Objects.requireNonNull(cel).eval(Map.of("value", maps[next++ & MASK]));
    }

    /** A compiled Groovy script with a binding for each record, which is how Debezium's filter runs one. */
    @Benchmark
    public Object debeziumStyleGroovy() throws ScriptException {
        Bindings current = java.util.Objects.requireNonNull(bindings);
        current.put("value", nextRow().value());
        return java.util.Objects.requireNonNull(groovy).eval(current);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, @Nullable Object>[] newMaps() {
        return new Map[MASK + 1];
    }
}
