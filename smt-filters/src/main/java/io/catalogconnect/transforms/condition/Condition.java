package io.catalogconnect.transforms.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import java.util.Set;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A condition over records: checked when it is made, checked again and compiled once for every schema that it meets.
 *
 * <p>Thread-safe at once. Does not change a record.
 */
public final class Condition {
    private static final int MAX_SCHEMAS = 512;

    private final ConditionText text;
    private final CelExpr tree;
    private final boolean readsValue;
    private final Set<String> names;
    private final SchemaCache<Evaluator> evaluators;

    private Condition(ConditionText text, CelAbstractSyntaxTree checked) {
        this.text = text;
        this.tree = checked.getExpr();
        this.readsValue = checked.getReferenceMap().values().stream()
                .anyMatch(reference -> reference.name().equals(Language.VALUE));
        this.names = Expressions.fieldNames(tree);
        this.evaluators = new SchemaCache<>(MAX_SCHEMAS, this::compile);
    }

    /**
     * A condition for any record. Names of fields are taken as they come until a record brings its schema.
     *
     * @throws ConditionSyntaxException when it cannot be used as it is written
     */
    public static Condition of(ConditionText text) {
        return new Condition(text, ConditionCompiler.compile(text, RecordTypes.UNKNOWN));
    }

    /**
     * A condition for records whose values have these fields.
     *
     * @throws ConditionSyntaxException when it cannot be used as it is written, or asks for a field that there is not, or for
     *     one of another kind
     */
    public static Condition of(ConditionText text, DeclaredFields fields) {
        return new Condition(text, ConditionCompiler.compile(text, fields.types()));
    }

    /** What the condition is called. */
    public String name() {
        return text.name();
    }

    /** The condition as it is written, without white space at its ends. */
    public String text() {
        return text.text().strip();
    }

    /** Whether the answer can depend on the record's value. */
    public boolean readsValue() {
        return readsValue;
    }

    /** True if the other condition differs in white space, comments, parentheses and quotes only. */
    public boolean hasSameTree(Condition other) {
        return tree.equals(other.tree);
    }

    /** The result for one record, or the reason why it has none. Never throws because of a record's content. */
    public Verdict evaluate(ConnectRecord<?> record) {
        return evaluators.get(schemaOf(record.value()), schemaOf(record.key())).evaluate(record);
    }

    private static @Nullable Schema schemaOf(@Nullable Object value) {
        return value instanceof Struct struct ? struct.schema() : null;
    }

    private Evaluator compile(@Nullable Schema value, @Nullable Schema key) {
        try {
            CelAbstractSyntaxTree checked = ConditionCompiler.compile(text, RecordTypes.of(value, key, names));
            boolean isCounted = Work.isCountedIn(checked.getExpr());
            return ClosureCompiler.compile(checked, value, key)
                    .<Evaluator>map(root -> new ClosureEvaluator(root, isCounted))
                    .orElseGet(() -> CelEvaluator.of(checked));
        } catch (ConditionSyntaxException e) {
            Verdict verdict = new Verdict(Verdict.Kind.ERROR, "it does not fit the record's schema: " + e.getMessage());
            return record -> verdict;
        }
    }

    @Override
    public String toString() {
        return text.name() + ": " + text.text();
    }
}
