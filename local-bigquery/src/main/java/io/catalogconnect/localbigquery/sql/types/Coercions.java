package io.catalogconnect.localbigquery.sql.types;

import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.types.DataType.Kind;
import io.catalogconnect.localbigquery.sql.types.DataType.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Implicit conversions of GoogleSQL. Literals and parameters have more of them than other expressions. */
public final class Coercions {

    private static final Map<Kind, Set<Kind>> WIDENING = Map.of(
            Kind.INT64, Set.of(Kind.NUMERIC, Kind.BIGNUMERIC, Kind.FLOAT64),
            Kind.NUMERIC, Set.of(Kind.BIGNUMERIC, Kind.FLOAT64),
            Kind.BIGNUMERIC, Set.of(Kind.FLOAT64),
            Kind.DATE, Set.of(Kind.DATETIME));
    private static final Set<Kind> FROM_STRING_LITERAL = Set.of(Kind.DATE, Kind.DATETIME, Kind.TIME, Kind.TIMESTAMP);
    private static final List<Kind> NUMBERS = List.of(Kind.INT64, Kind.NUMERIC, Kind.BIGNUMERIC, Kind.FLOAT64);

    private Coercions() {}

    public static boolean possible(TypedSql value, DataType target) {
        return to(value, target) != null;
    }

    /** The value as the target type, or null if GoogleSQL has no implicit conversion. */
    public static @Nullable TypedSql to(TypedSql value, DataType target) {
        DataType from = value.type();
        if (from.equals(target)) {
            return value;
        }
        if (value.isNull()) {
            // ERROR(...) coerces to every type, as NULL does, but must be evaluated to fail.
            return value.sql().startsWith("error(")
                    ? new TypedSql("CAST(" + value.sql() + " AS " + target.duckType() + ")", target)
                    : Literals.nullOf(target);
        }
        String literal = value.literal();
        if (literal != null && from.is(Kind.STRING) && FROM_STRING_LITERAL.contains(target.kind())) {
            return Literals.of(target.kind(), literal);
        }
        if (literal != null && from.isNumber() && target.isDecimal()) {
            return Literals.of(target.kind(), literal);
        }
        if (literal != null && from.is(Kind.INT64) && target.is(Kind.FLOAT64)) {
            return Literals.floating(literal);
        }
        if (WIDENING.getOrDefault(from.kind(), Set.of()).contains(target.kind())) {
            return new TypedSql("CAST(" + value.sql() + " AS " + target.duckType() + ")", target);
        }
        if (from.isStruct() && target.isStruct()) {
            return struct(value, target);
        }
        if (from.isArray() && target.isArray() && value.sql().equals("[]")) {
            return new TypedSql("CAST([] AS " + target.duckType() + ")", target);
        }
        return null;
    }

    private static @Nullable TypedSql struct(TypedSql value, DataType target) {
        if (value.type().members().size() != target.members().size()) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < target.members().size(); i++) {
            TypedSql field = field(value, i);
            TypedSql coerced = to(field, target.members().get(i).type());
            if (coerced == null) {
                return null;
            }
            fields.add(io.catalogconnect.localbigquery.store.Sql.quote(target.duckField(i)) + " := " + coerced.sql());
        }
        return new TypedSql(
                "CASE WHEN " + value.sql() + " IS NULL THEN NULL ELSE struct_pack(" + String.join(", ", fields)
                        + ") END",
                target);
    }

    /** A field of a struct by its position. */
    public static TypedSql field(TypedSql struct, int index) {
        Member member = struct.type().members().get(index);
        return new TypedSql(
                "struct_extract(" + struct.sql() + ", "
                        + io.catalogconnect.localbigquery.store.Sql.literal(
                                struct.type().duckField(index)) + ")",
                member.type());
    }

    /** The common supertype of the values, if it exists. */
    public static Optional<DataType> supertype(List<TypedSql> values) {
        DataType result = DataType.NULL;
        for (TypedSql value : values) {
            if (value.literal() == null && !value.isNull()) {
                Optional<DataType> merged = merge(result, value.type());
                if (merged.isEmpty()) {
                    return Optional.empty();
                }
                result = merged.get();
            }
        }
        for (TypedSql value : values) {
            if (value.literal() != null && (result.is(Kind.NULL) || !possible(value, result))) {
                Optional<DataType> merged = merge(result, value.type());
                if (merged.isEmpty()) {
                    return Optional.empty();
                }
                result = merged.get();
            }
        }
        return Optional.of(result);
    }

    private static Optional<DataType> merge(DataType a, DataType b) {
        if (a.is(Kind.NULL) || a.equals(b)) {
            return Optional.of(b);
        }
        if (b.is(Kind.NULL)) {
            return Optional.of(a);
        }
        if (a.isNumber() && b.isNumber()) {
            return Optional.of(NUMBERS.indexOf(a.kind()) > NUMBERS.indexOf(b.kind()) ? a : b);
        }
        if (a.isStruct() && b.isStruct()) {
            return mergeFields(a.members(), b.members());
        }
        if (WIDENING.getOrDefault(a.kind(), Set.of()).contains(b.kind())) {
            return Optional.of(b);
        }
        return WIDENING.getOrDefault(b.kind(), Set.of()).contains(a.kind()) ? Optional.of(a) : Optional.empty();
    }

    /** The fields keep the names of the first type. */
    private static Optional<DataType> mergeFields(List<Member> first, List<Member> second) {
        if (first.size() != second.size()) {
            return Optional.empty();
        }
        List<Member> merged = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Optional<DataType> type = merge(first.get(i).type(), second.get(i).type());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            merged.add(new Member(first.get(i).name(), type.get()));
        }
        return Optional.of(DataType.struct(merged));
    }

    public static TypedSql required(TypedSql value, DataType type, String what) {
        TypedSql coerced = to(value, type);
        if (coerced == null) {
            throw new SqlError(
                    "No matching signature for " + what + " for argument types: " + value.type() + ", " + type);
        }
        return coerced;
    }
}
