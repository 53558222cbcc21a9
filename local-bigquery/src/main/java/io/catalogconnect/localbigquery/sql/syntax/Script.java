package io.catalogconnect.localbigquery.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a query job: one statement, or a script. A script is a list of steps that run in order; IF becomes steps that continue elsewhere in the list.
 *
 * @param sql the whole text, in which the positions of all steps are
 */
public record Script(String sql, List<Step> steps) {

    /** The statement of a text that is no script. */
    public Optional<Statement> onlyStatement() {
        return steps.size() == 1 && steps.get(0) instanceof Run run ? Optional.of(run.statement()) : Optional.empty();
    }

    /** The text of a step or value. */
    public String text(Place place) {
        return sql.substring(place.start(), place.end());
    }

    /** The first character of a step or value, and the one after its last. */
    public record Place(int start, int end) {}

    /** An expression and its text. */
    public record Value(Expr expression, Place place) {}

    /** A step of a script. */
    public sealed interface Step {}

    /** Runs a statement. */
    public record Run(Statement statement, Place place) implements Step {}

    /** DECLARE. Without a type, the variables have the type of the value. */
    public record Declare(
            List<String> names,
            @Nullable TypeName type,
            @Nullable Value value,
            Place place) implements Step {}

    /** SET. With parentheses, the variables receive the fields of a STRUCT. */
    public record Assign(List<String> names, boolean tuple, Value value) implements Step {}

    /** Continues with the next step if the condition is true, otherwise with another one. */
    public record Branch(Value condition, int otherwise) implements Step {}

    /** Continues with another step. */
    public record Jump(int target) implements Step {}

    /** The end of a block, which ends its variables. */
    public record Leave(List<String> names) implements Step {}

    /** BEGIN, COMMIT or ROLLBACK TRANSACTION, which is the {@code action}. */
    public record Transaction(String action, Place place) implements Step {}
}
