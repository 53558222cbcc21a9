package io.catalogconnect.transforms.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/** Evaluates with CEL's own runtime. */
final class CelEvaluator implements Evaluator {
    private static final CelRuntime RUNTIME = RuntimeFunctions.runtime();

    private final CelRuntime.Program program;

    private CelEvaluator(CelRuntime.Program program) {
        this.program = program;
    }

    static CelEvaluator of(CelAbstractSyntaxTree checked) {
        return program(RuntimeTree.of(checked));
    }

    private static CelEvaluator program(CelAbstractSyntaxTree tree) {
        try {
            return new CelEvaluator(RUNTIME.createProgram(tree));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("CEL's runtime refuses a condition that its checker took", e);
        }
    }

    /** The value of a part that does not look at the record; a {@link Verdict} when it has none. */
    static Object valueOf(CelAbstractSyntaxTree constant) {
        Work.restart();
        return program(RuntimeTree.ofPart(constant)).eval(name -> Optional.empty());
    }

    @Override
    public Verdict evaluate(ConnectRecord<?> record) {
        Work.restart();
        Object answer = eval(name -> Optional.of(variable(record, name)));
        if (answer instanceof Verdict verdict) {
            return verdict;
        }
        try {
            return Verdict.of(RecordValues.answer(answer));
        } catch (Undecided undecided) {
            return undecided.verdict();
        }
    }

    private Object eval(CelVariableResolver variables) {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            return verdictOf(e);
        } catch (Undecided undecided) {
            return undecided.verdict();
        }
    }

    static Object variable(ConnectRecord<?> record, String name) {
        return switch (name) {
            case Language.VALUE -> RecordView.toCel(record.valueSchema(), record.value());
            case Language.KEY -> RecordView.toCel(record.keySchema(), record.key());
            case Language.HEADERS -> new RecordView.OfHeaders(record.headers());
            case Language.TOPIC -> RecordView.toCel(null, record.topic());
            case Language.TIMESTAMP -> timestamp(record.timestamp());
            default -> throw new IllegalArgumentException("A record has no '" + name + "'");
        };
    }

    private static Object timestamp(@Nullable Long millis) {
        return millis == null ? NullValue.NULL_VALUE : Instant.ofEpochMilli(millis);
    }

    private static Verdict verdictOf(CelEvaluationException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Undecided undecided) {
                return undecided.verdict();
            }
        }
        CelErrorCode code = e.getErrorCode();
        if (code == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
            return new Verdict(Verdict.Kind.MISSING, "the record has no such entry");
        }
        return new Verdict(
                Verdict.Kind.ERROR,
                switch (code) {
                    case OVERLOAD_NOT_FOUND ->
                        "an operator or function got a kind of value that it does not take; num(...) makes a number of a text";
                    case DIVIDE_BY_ZERO -> "it divides by zero";
                    case NUMERIC_OVERFLOW -> "a number leaves 64 bits";
                    case INDEX_OUT_OF_BOUNDS -> "a list is shorter than the index that is asked for";
                    case BAD_FORMAT, INVALID_ARGUMENT -> "a text cannot be converted to what the function returns";
                    default -> "CEL says " + code;
                });
    }
}
