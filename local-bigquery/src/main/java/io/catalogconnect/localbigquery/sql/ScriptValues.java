package io.catalogconnect.localbigquery.sql;

import io.catalogconnect.localbigquery.sql.plan.Evaluation;
import io.catalogconnect.localbigquery.sql.syntax.Script;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.NameScope;
import io.catalogconnect.localbigquery.sql.translation.QueryTranslator;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.translation.TranslationContext;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.ConstantText;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans the expressions of a script: the values of its variables, and the conditions of IF. */
public final class ScriptValues {

    private final Script script;
    private final Script.Value value;
    private final TranslationContext context;

    private ScriptValues(Script script, Script.Value value, StatementEnvironment environment) {
        this.script = script;
        this.value = value;
        this.context = new TranslationContext(environment, script.sql());
    }

    /**
     * Plans a value.
     *
     * @param type the type that it must have; null for any
     * @throws SqlError when it has another type, or when it is outside the subset
     */
    public static Evaluation plan(
            Script script, Script.Value value, @Nullable DataType type, StatementEnvironment environment) {
        return new ScriptValues(script, value, environment).single(type);
    }

    /**
     * Plans a STRUCT whose fields are the values of several variables.
     *
     * @throws SqlError when its fields do not have the types of the variables
     */
    public static Evaluation planFields(
            Script script, Script.Value value, List<DataType> types, StatementEnvironment environment) {
        return new ScriptValues(script, value, environment).fields(types);
    }

    private TypedSql translate() {
        return new QueryTranslator(context).expressions().translate(value.expression(), new NameScope(null));
    }

    private Evaluation single(@Nullable DataType type) {
        TypedSql translated = translate();
        DataType target = type != null ? type : translated.isNull() ? DataType.INT64 : translated.type();
        TypedSql coerced = coerced(translated, target);
        return evaluation(coerced, List.of(new TypedSql("_v.\"v\"", target)));
    }

    private Evaluation fields(List<DataType> types) {
        TypedSql struct = translate();
        int members = struct.type().isStruct() ? struct.type().members().size() : 0;
        if (members != types.size()) {
            throw error("SET of " + types.size()
                    + " variables in parentheses needs a STRUCT with as many fields, but got " + struct.type());
        }
        TypedSql column = new TypedSql("_v.\"v\"", struct.type());
        List<TypedSql> fields = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            fields.add(coerced(Coercions.field(column, i), types.get(i)));
        }
        return evaluation(struct, fields);
    }

    private TypedSql coerced(TypedSql from, DataType type) {
        TypedSql coerced = Coercions.to(from, type);
        if (coerced == null) {
            throw error("Cannot coerce expression " + script.text(value.place()) + " to type " + type);
        }
        return coerced;
    }

    private SqlError error(String message) {
        return SqlError.at(message, script.sql(), value.place().start());
    }

    private Evaluation evaluation(TypedSql source, List<TypedSql> values) {
        List<String> texts = values.stream()
                .map(constant -> ConstantText.of(constant.sql(), constant.type()))
                .toList();
        return new Evaluation(
                "SELECT " + String.join(", ", texts) + " FROM (SELECT " + source.sql() + " AS \"v\") AS _v",
                values.stream().map(TypedSql::type).toList(),
                context.scans());
    }
}
