package io.catalogconnect.localbigquery.sql.types;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.TypeName;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.DataType.Member;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of a query parameter as a constant in DuckDB's SQL. */
public final class Parameter {

    private final TypedSql value;

    private Parameter(TypedSql value) {
        this.value = value;
    }

    /**
     * Reads a parameter of the REST API.
     *
     * @param parameter type and value
     * @return the constant
     * @throws SqlError when the value is not of the type
     */
    public static Parameter of(QueryParameter parameter) {
        QueryParameterType type = parameter.getParameterType();
        if (type == null || type.getType() == null) {
            throw new SqlError(
                    "Query parameter '" + (parameter.getName() == null ? "?" : parameter.getName()) + "' has no type");
        }
        return new Parameter(value(type(type), parameter.getParameterValue()));
    }

    public TypedSql value() {
        return value;
    }

    private static DataType type(QueryParameterType type) {
        if (type.getType().equals("ARRAY")) {
            return DataType.array(type(type.getArrayType()));
        }
        if (type.getType().equals("STRUCT")) {
            List<Member> members = new ArrayList<>();
            for (QueryParameterType.StructTypes field : type.getStructTypes()) {
                members.add(new Member(field.getName() == null ? "" : field.getName(), type(field.getType())));
            }
            return DataType.struct(members);
        }
        return DataType.of(new TypeName(type.getType().toUpperCase(java.util.Locale.ROOT), List.of(), List.of()));
    }

    private static TypedSql value(DataType type, @Nullable QueryParameterValue value) {
        if (value == null) {
            return Literals.nullOf(type);
        }
        if (type.isArray()) {
            if (value.getArrayValues() == null) {
                return new TypedSql("CAST([] AS " + type.duckType() + ")", type);
            }
            List<String> elements = value.getArrayValues().stream()
                    .map(element -> value(type.element(), element).sql())
                    .toList();
            return new TypedSql("CAST([" + String.join(", ", elements) + "] AS " + type.duckType() + ")", type);
        }
        if (type.isStruct()) {
            return struct(type, value.getStructValues());
        }
        Object text = value.getValue();
        if (text == null || com.google.api.client.util.Data.isNull(text)) {
            return Literals.nullOf(type);
        }
        TypedSql constant = Literals.of(type.kind(), text.toString());
        return type.is(Kind.STRING) ? constant : new TypedSql(constant.sql(), type);
    }

    private static TypedSql struct(DataType type, @Nullable Map<String, QueryParameterValue> values) {
        if (values == null) {
            return Literals.nullOf(type);
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < type.members().size(); i++) {
            Member member = type.members().get(i);
            fields.add(Sql.quote(type.duckField(i)) + " := "
                    + value(member.type(), values.get(member.name())).sql());
        }
        return new TypedSql("struct_pack(" + String.join(", ", fields) + ")", type);
    }
}
