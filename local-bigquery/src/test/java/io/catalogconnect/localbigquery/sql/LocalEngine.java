package io.catalogconnect.localbigquery.sql;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.translation.StatementEnvironment;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.WireFormat;
import io.catalogconnect.localbigquery.store.StoreException;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine of local-bigquery, with dataset {@code shop} as the default. */
final class LocalEngine implements AutoCloseable {

    static final DatasetReference SHOP =
            new DatasetReference().setProjectId("p").setDatasetId("shop");

    private final Warehouse warehouse;

    LocalEngine(Path directory) throws SQLException {
        warehouse = Warehouse.open(directory.resolve("oracle.duckdb"), Clock.systemUTC(), null);
        warehouse.inTransaction(session -> session.createDataset(new Dataset().setDatasetReference(SHOP)));
    }

    StatementEnvironment environment() {
        return new StatementEnvironment(
                warehouse.catalog(), "p", SHOP, Map.of(), List.of(), Instant.parse("2024-05-06T07:08:09Z"));
    }

    StatementPlan plan(String sql) {
        return GoogleSql.plan(sql, environment());
    }

    void table(String name, String sql) throws SQLException {
        StatementPlan.CreateTable create = (StatementPlan.CreateTable) plan("CREATE TABLE " + name + " AS " + sql);
        StatementPlan.Select query = java.util.Objects.requireNonNull(create.query());
        warehouse.inTransaction(session -> {
            try (Statement statement = session.connection().createStatement()) {
                return statement.execute(
                        TableInsert.rows(session.createTable(create.table()), query.columns(), query.sql(), null));
            }
        });
    }

    Answer ask(String sql) {
        try {
            StatementPlan.Select plan = (StatementPlan.Select) plan(sql);
            List<String> types = plan.columns().stream()
                    .map(column -> column.type().toString())
                    .toList();
            return new Answer(types, rows(plan), "");
        } catch (SqlError | StoreException | SQLException e) {
            return Answer.error(ServiceError.of(e));
        }
    }

    private List<String> rows(StatementPlan.Select plan) throws SQLException {
        return warehouse.read(session -> {
            List<String> list = new ArrayList<>();
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery(WireFormat.query(plan.sql(), plan.columns()))) {
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 0; i < plan.columns().size(); i++) {
                        row.add(text(
                                rows.getObject(i + 1), plan.columns().get(i).type()));
                    }
                    list.add(String.join(" | ", row));
                }
            }
            return list;
        });
    }

    private static String text(@Nullable Object value, DataType type) throws SQLException {
        if (value == null) {
            return type.isArray() ? "[]" : "NULL";
        }
        if (type.isArray()) {
            List<String> elements = new ArrayList<>();
            for (Object element : (Object[]) ((Array) value).getArray()) {
                elements.add(text(element, type.element()));
            }
            return "[" + String.join(", ", elements) + "]";
        }
        if (type.isStruct()) {
            List<String> fields = new ArrayList<>();
            Object[] attributes = ((Struct) value).getAttributes();
            for (int i = 0; i < attributes.length; i++) {
                fields.add(text(attributes[i], type.members().get(i).type()));
            }
            return "{" + String.join(", ", fields) + "}";
        }
        return switch (type.kind()) {
            case FLOAT64 -> Answer.number((Double) value);
            case BYTES -> HexFormat.of().formatHex(Base64.getDecoder().decode((String) value));
            case TIME -> LocalTime.parse((String) value).toString();
            case DATETIME -> dateTime((Long) value).toString();
            case NUMERIC, BIGNUMERIC -> decimal(new BigDecimal((String) value));
            default -> value.toString();
        };
    }

    private static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
    }

    private static String decimal(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    @Override
    public void close() throws SQLException {
        warehouse.close();
    }
}
