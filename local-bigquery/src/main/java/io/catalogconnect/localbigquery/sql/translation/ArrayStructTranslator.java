package io.catalogconnect.localbigquery.sql.translation;

import io.catalogconnect.localbigquery.sql.functions.Operators;
import io.catalogconnect.localbigquery.sql.syntax.Expr;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.Coercions;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.DataType.Member;
import io.catalogconnect.localbigquery.sql.types.Literals;
import io.catalogconnect.localbigquery.sql.types.TypedSql;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates constructors of arrays and structs, and access to elements and fields. */
final class ArrayStructTranslator {

    private final ExpressionTranslator expressions;

    ArrayStructTranslator(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    TypedSql element(Expr.Element element, NameScope scope) {
        TypedSql base = expressions.translate(element.base(), scope);
        if (!base.type().isArray()) {
            throw SqlError.unsupported("the subscript of a value of type " + base.type());
        }
        TypedSql position =
                Coercions.required(expressions.translate(element.position(), scope), DataType.INT64, "operator []");
        String mode = element.mode();
        String index = mode.endsWith("ORDINAL") ? position.sql() : "(" + position.sql() + " + 1)";
        String inside = index + " BETWEEN 1 AND len(" + base.sql() + ")";
        String value = "list_extract(" + base.sql() + ", " + index + ")";
        String outside = mode.startsWith("SAFE_")
                ? "NULL"
                : "CASE WHEN (" + inside + ") IS NULL THEN NULL ELSE error('Array index ' || CAST(" + position.sql()
                        + " AS VARCHAR) || ' is out of bounds') END";
        return new TypedSql(
                "CASE WHEN " + inside + " THEN " + value + " ELSE " + outside + " END",
                base.type().element());
    }

    TypedSql array(Expr.Array array, NameScope scope) {
        List<TypedSql> elements = array.elements().stream()
                .map(e -> expressions.translate(e, scope))
                .toList();
        DataType type =
                array.element() != null ? DataType.of(array.element()) : Operators.supertype("an array", elements);
        if (type.isArray()) {
            throw new SqlError(
                    "Cannot construct array with element type " + type + " because nested arrays are not supported");
        }
        if (elements.isEmpty() && array.element() == null) {
            return new TypedSql("[]", DataType.array(DataType.INT64));
        }
        String list = elements.stream()
                .map(e -> Coercions.required(e, type, "an array").sql())
                .collect(Collectors.joining(", "));
        DataType result = DataType.array(type.is(Kind.NULL) ? DataType.INT64 : type);
        return new TypedSql("CAST([" + list + "] AS " + result.duckType() + ")", result);
    }

    TypedSql struct(Expr.Struct struct, NameScope scope) {
        DataType declared = struct.type() == null ? null : DataType.of(struct.type());
        if (declared != null && declared.members().size() != struct.fields().size()) {
            throw new SqlError("STRUCT type has " + declared.members().size() + " fields but constructor call has "
                    + struct.fields().size() + " fields");
        }
        BiFunction<Integer, TypedSql, TypedSql> typed = (i, value) -> declared == null
                ? value
                : Coercions.required(value, declared.members().get(i).type(), "STRUCT");
        List<TypedSql> values = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < struct.fields().size(); i++) {
            Expr.Named field = struct.fields().get(i);
            TypedSql value = typed.apply(i, expressions.translate(field.value(), scope));
            values.add(value.isNull() ? Literals.nullOf(DataType.INT64) : value);
            @Nullable
            String name =
                    declared == null ? field.name() : declared.members().get(i).name();
            members.add(new Member(name == null ? "" : name, values.get(i).type()));
        }
        DataType type = DataType.struct(members);
        return new TypedSql(pack(type, values), type);
    }

    static TypedSql field(TypedSql base, String name) {
        if (!base.type().isStruct()) {
            throw new SqlError("Cannot access field " + name + " on a value with type " + base.type());
        }
        Member member = base.type()
                .member(name)
                .orElseThrow(() -> new SqlError("Field name " + name + " does not exist in " + base.type()));
        return new TypedSql("struct_extract(" + base.sql() + ", " + Sql.literal(member.name()) + ")", member.type());
    }

    /** {@code struct_pack} of values. */
    static String pack(DataType type, List<TypedSql> values) {
        if (values.isEmpty()) {
            throw SqlError.unsupported("a STRUCT without fields");
        }
        StringBuilder sql = new StringBuilder("struct_pack(");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String name = type.duckField(i);
            if (seen.contains(name.toLowerCase(Locale.ROOT))) {
                throw SqlError.unsupported("a STRUCT with two fields named " + name);
            }
            seen.add(name.toLowerCase(Locale.ROOT));
            sql.append(i == 0 ? "" : ", ")
                    .append(Sql.quote(name))
                    .append(" := ")
                    .append(values.get(i).sql());
        }
        return sql.append(')').toString();
    }
}
