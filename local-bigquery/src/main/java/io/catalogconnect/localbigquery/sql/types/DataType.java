package io.catalogconnect.localbigquery.sql.types;

import com.google.api.services.bigquery.model.TableFieldSchema;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.TypeName;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The GoogleSQL type of an expression.
 *
 * @param kind the kind of the type
 * @param members the element of an ARRAY or the fields of a STRUCT; otherwise empty
 */
public record DataType(Kind kind, List<Member> members) {

    /** The kinds of types. NULL is the type of a literal NULL that is not coerced yet. */
    public enum Kind {
        INT64("BIGINT"),
        FLOAT64("DOUBLE"),
        NUMERIC("DECIMAL(38,9)"),
        BIGNUMERIC("DECIMAL(38,18)"),
        BOOL("BOOLEAN"),
        STRING("VARCHAR"),
        BYTES("BLOB"),
        DATE("DATE"),
        DATETIME("TIMESTAMP"),
        TIME("TIME"),
        TIMESTAMP("TIMESTAMP WITH TIME ZONE"),
        JSON("JSON"),
        GEOGRAPHY("VARCHAR"),
        ARRAY(""),
        STRUCT(""),
        NULL("BIGINT");

        private final String duckType;

        Kind(String duckType) {
            this.duckType = duckType;
        }
    }

    /** A field of a STRUCT, or an ARRAY's element; the name is empty if the member has no name. */
    public record Member(String name, DataType type) {}

    private static final Set<String> UNSUPPORTED = Set.of("RANGE", "INTERVAL");

    public static final DataType INT64 = of(Kind.INT64);
    public static final DataType FLOAT64 = of(Kind.FLOAT64);
    static final DataType NUMERIC = of(Kind.NUMERIC);
    static final DataType BIGNUMERIC = of(Kind.BIGNUMERIC);
    public static final DataType BOOL = of(Kind.BOOL);
    public static final DataType STRING = of(Kind.STRING);
    public static final DataType BYTES = of(Kind.BYTES);
    public static final DataType DATE = of(Kind.DATE);
    public static final DataType DATETIME = of(Kind.DATETIME);
    public static final DataType TIME = of(Kind.TIME);
    public static final DataType TIMESTAMP = of(Kind.TIMESTAMP);
    public static final DataType JSON = of(Kind.JSON);
    public static final DataType NULL = of(Kind.NULL);

    public DataType {
        members = List.copyOf(members);
    }

    public static DataType of(Kind kind) {
        return new DataType(kind, List.of());
    }

    public static DataType array(DataType element) {
        return new DataType(Kind.ARRAY, List.of(new Member("", element)));
    }

    public static DataType struct(List<Member> fields) {
        return new DataType(Kind.STRUCT, fields);
    }

    public static DataType of(Column column) {
        DataType element = column.type() == FieldType.STRUCT
                ? struct(column.fields().stream()
                        .map(field -> new Member(field.name(), of(field)))
                        .toList())
                : of(Kind.valueOf(column.type().name()));
        return column.repeated() ? array(element) : element;
    }

    public static DataType of(TypeName name) {
        return switch (name.name()) {
            case "ARRAY" -> array(of(name.fields().get(0).type()));
            case "STRUCT" ->
                struct(name.fields().stream()
                        .map(field -> new Member(field.name() == null ? "" : field.name(), of(field.type())))
                        .toList());
            default ->
                of(Kind.valueOf(FieldType.of(name.name())
                        .orElseThrow(() -> unknown(name.name()))
                        .name()));
        };
    }

    /** The error for the name of a type that does not exist, or that local-bigquery does not have. */
    public static SqlError unknown(String name) {
        return UNSUPPORTED.contains(name)
                ? SqlError.unsupported("the type " + name)
                : new SqlError("Type not found: " + name);
    }

    public boolean is(Kind other) {
        return kind == other;
    }

    public boolean isArray() {
        return kind == Kind.ARRAY;
    }

    public boolean isStruct() {
        return kind == Kind.STRUCT;
    }

    public boolean isNumber() {
        return kind == Kind.INT64 || kind == Kind.FLOAT64 || kind == Kind.NUMERIC || kind == Kind.BIGNUMERIC;
    }

    public boolean isDecimal() {
        return kind == Kind.NUMERIC || kind == Kind.BIGNUMERIC;
    }

    /** The type of an ARRAY's elements. */
    public DataType element() {
        return members.get(0).type();
    }

    public Optional<Member> member(String name) {
        return members.stream()
                .filter(member -> member.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The name of a field in the DuckDB struct. Fields without a name are numbered, as in results. */
    public String duckField(int index) {
        String name = members.get(index).name();
        return name.isEmpty() ? "_field_" + (index + 1) : name;
    }

    public String duckType() {
        if (isArray()) {
            return element().duckType() + "[]";
        }
        if (isStruct()) {
            StringBuilder text = new StringBuilder("STRUCT(");
            for (int i = 0; i < members.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(Sql.quote(duckField(i))).append(' ');
                text.append(members.get(i).type().duckType());
            }
            return text.append(')').toString();
        }
        return kind.duckType;
    }

    /** A column of the schema of a result. */
    public TableFieldSchema toSchema(String name) {
        DataType element = isArray() ? element() : this;
        TableFieldSchema schema = new TableFieldSchema().setName(name).setMode(isArray() ? "REPEATED" : "NULLABLE");
        if (element.isStruct()) {
            schema.setType("RECORD");
            List<TableFieldSchema> fields = new java.util.ArrayList<>();
            for (int i = 0; i < element.members.size(); i++) {
                fields.add(element.members.get(i).type().toSchema(element.duckField(i)));
            }
            return schema.setFields(fields);
        }
        if (element.is(Kind.NULL)) {
            return schema.setType("INTEGER");
        }
        return schema.setType(FieldType.valueOf(element.kind.name()).restName());
    }

    /** The type as GoogleSQL prints it. */
    @Override
    public String toString() {
        if (isArray()) {
            return "ARRAY<" + element() + ">";
        }
        if (isStruct()) {
            return members.stream()
                    .map(member ->
                            member.name().isEmpty() ? member.type().toString() : member.name() + " " + member.type())
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        }
        return is(Kind.NULL) ? "INT64" : kind.name();
    }
}
