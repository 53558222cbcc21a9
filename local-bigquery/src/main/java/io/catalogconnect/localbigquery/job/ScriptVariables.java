package io.catalogconnect.localbigquery.job;

import io.catalogconnect.localbigquery.sql.ScriptValues;
import io.catalogconnect.localbigquery.sql.plan.Evaluation;
import io.catalogconnect.localbigquery.sql.syntax.Script;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.TypeName;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a running script, as constants in DuckDB's SQL. */
final class ScriptVariables {

    private final Script script;
    private final Map<String, TypedSql> values = new HashMap<>();

    ScriptVariables(Script script) {
        this.script = script;
    }

    /** Evaluates the expressions of a script. */
    @FunctionalInterface
    interface Evaluator {

        /**
         * Evaluates an expression.
         *
         * @return a constant for each of its types
         */
        List<TypedSql> evaluate(Script.Value value, Planning planning) throws SQLException;
    }

    /** Plans an expression in the environment of a script. */
    @FunctionalInterface
    interface Planning {
        Evaluation plan(StatementEnvironment environment);
    }

    /** The variables by their names in lower case. */
    Map<String, TypedSql> values() {
        return Map.copyOf(values);
    }

    void declare(Script.Declare declare, Evaluator evaluator) throws SQLException {
        TypeName name = declare.type();
        DataType type = name == null ? null : type(name);
        Script.Value value = declare.value();
        TypedSql constant =
                value != null ? single(value, type, evaluator) : Literals.nullOf(type == null ? DataType.INT64 : type);
        declare.names().forEach(variable -> values.put(key(variable), constant));
    }

    private static DataType type(TypeName type) {
        if (!type.parameters().isEmpty()) {
            throw SqlError.unsupported("DECLARE with the parameterized type " + type.name());
        }
        return DataType.of(type);
    }

    void assign(Script.Assign assign, Evaluator evaluator) throws SQLException {
        List<DataType> types =
                assign.names().stream().map(name -> current(name).type()).toList();
        List<TypedSql> constants = assign.tuple()
                ? evaluator.evaluate(
                        assign.value(),
                        environment -> ScriptValues.planFields(script, assign.value(), types, environment))
                : List.of(single(assign.value(), types.get(0), evaluator));
        for (int i = 0; i < constants.size(); i++) {
            values.put(key(assign.names().get(i)), constants.get(i));
        }
    }

    /** Evaluates a condition. NULL is false. */
    boolean holds(Script.Value condition, Evaluator evaluator) throws SQLException {
        return single(condition, DataType.BOOL, evaluator).sql().contains("'true'");
    }

    void leave(Script.Leave leave) {
        values.keySet().removeAll(leave.names());
    }

    private TypedSql single(Script.Value value, @Nullable DataType type, Evaluator evaluator) throws SQLException {
        return evaluator
                .evaluate(value, environment -> ScriptValues.plan(script, value, type, environment))
                .get(0);
    }

    private TypedSql current(String name) {
        TypedSql value = values.get(key(name));
        if (value == null) {
            throw new SqlError("Undeclared variable: " + name);
        }
        return value;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
