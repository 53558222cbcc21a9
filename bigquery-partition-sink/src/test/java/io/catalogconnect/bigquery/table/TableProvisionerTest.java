package io.catalogconnect.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.table.Column.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableProvisionerTest {

    private static final Column DATE = Column.of("catalog_date", ColumnType.DATE, Mode.REQUIRED);
    private static final Column BRAND = Column.of("brand", ColumnType.STRING, Mode.REQUIRED);
    private static final Column COMMENT = Column.of("comment", ColumnType.STRING, Mode.NULLABLE);
    private static final Partitioning BY_DATE = new Partitioning(
            Partitioning.Unit.DAY,
            Optional.of("catalog_date"),
            Optional.of(Duration.ofDays(9)),
            false,
            Optional.empty());

    private final InMemoryTableCatalog catalog = new InMemoryTableCatalog();

    @Test
    void missingTableIsCreatedAsConfigured() {
        TableShape wanted = new TableShape(List.of(DATE, BRAND), BY_DATE, List.of("brand"));
        provisioner(SchemaEvolution.NONE).ensure("products", wanted);

        assertThat(catalog.shapes.get("products")).isEqualTo(wanted);
    }

    @Test
    void missingTableIsRefusedIfTablesAreNotCreated() {
        TableProvisioner careful = new TableProvisioner(catalog, false, SchemaEvolution.ADD);

        assertThatThrownBy(() -> careful.ensure("products", shape(BRAND)))
                .isInstanceOf(TableMismatchException.class)
                .hasMessage("table products does not exist. Create it, or set table.create=true.");
    }

    @Test
    void tableCreatedConcurrentlyIsCompared() {
        catalog.othersMake = shape(DATE);

        assertThatThrownBy(() -> provisioner(SchemaEvolution.NONE).ensure("products", shape(DATE, BRAND)))
                .hasMessage("table products has no column 'brand' (STRING). Add it, or set schema.evolution=add.");
    }

    @Test
    void matchingTableIsNotChanged() {
        catalog.shapes.put("products", shape(DATE, BRAND, COMMENT));
        provisioner(SchemaEvolution.NONE).ensure("products", shape(BRAND, DATE));

        assertThat(catalog.updates).isZero();
    }

    @Test
    void rowsAreNotAppendedToATableWithAPrimaryKey() {
        catalog.shapes.put("products", shape(BRAND).withPrimaryKey(List.of("brand"), Optional.empty()));

        assertThatThrownBy(() -> provisioner(SchemaEvolution.NONE).ensure("products", shape(BRAND)))
                .isInstanceOf(TableMismatchException.class)
                .hasMessage(
                        "table products has the primary key (brand), so it may receive changes by key, and this connector"
                                + " appends rows. Set write.mode=upsert, or choose another table, or drop the key with ALTER TABLE"
                                + " products DROP PRIMARY KEY, then restart the task.");
    }

    @Test
    void newColumnsAreAddedNullableAtTheEnd() {
        catalog.shapes.put("products", shape(DATE));
        provisioner(SchemaEvolution.ADD).ensure("products", shape(BRAND, DATE));

        assertThat(catalog.columns("products"))
                .contains(List.of(DATE, Column.of("brand", ColumnType.STRING, Mode.NULLABLE)));
    }

    @Test
    void newFieldsInsideAStructAreAdded() {
        Column small = new Column("maker", ColumnType.STRUCT, Mode.NULLABLE, List.of(BRAND));
        Column large = new Column("maker", ColumnType.STRUCT, Mode.NULLABLE, List.of(BRAND, COMMENT));
        catalog.shapes.put("products", shape(small));
        provisioner(SchemaEvolution.ADD).ensure("products", shape(large));

        assertThat(catalog.columns("products")).contains(List.of(large));
    }

    @Test
    void requiredColumnThatMayBeNullIsRelaxedIfAllowed() {
        catalog.shapes.put("products", shape(BRAND, DATE));
        Column nullable = Column.of("brand", ColumnType.STRING, Mode.NULLABLE);

        assertThatThrownBy(() -> provisioner(SchemaEvolution.ADD).ensure("products", shape(nullable, DATE)))
                .hasMessage("table products: column 'brand' is required and may be null in the record's schema. Make it"
                        + " nullable, or set schema.evolution=relax.");
        assertThatThrownBy(() -> provisioner(SchemaEvolution.ADD).ensure("products", shape(DATE)))
                .hasMessage("table products: column 'brand' is required and is not in the record's schema. Make it"
                        + " nullable, or set schema.evolution=relax.");
        provisioner(SchemaEvolution.RELAX).ensure("products", shape(DATE));
        assertThat(catalog.columns("products")).contains(List.of(nullable, DATE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            STRING    | NULLABLE | INT64   | REPEATED | A column of type STRING takes a string, or another scalar value except bytes. BigQuery cannot change a column's type: cast the field with a transformation, or send the topic to another table.
            DATE      | REPEATED | STRING  | NULLABLE | A column of type REPEATED DATE takes arrays of a Connect Date or `io.debezium.time.Date`, an integer (days since 1970), or a string with a date of ISO 8601. BigQuery cannot change a column's type: cast the field with a transformation, or send the topic to another table.
            NUMERIC   | NULLABLE | FLOAT64 | NULLABLE | Change the column with ALTER TABLE ... ALTER COLUMN x SET DATA TYPE FLOAT64 and restart the task, or set schema.evolution=widen. Otherwise cast the field with a transformation, or send the topic to another table.
            INT64     | NULLABLE | FLOAT64 | NULLABLE | Change the column with ALTER TABLE ... ALTER COLUMN x SET DATA TYPE FLOAT64 and restart the task, or set schema.evolution=widen. Otherwise cast the field with a transformation, or send the topic to another table.
            FLOAT64   | NULLABLE | STRING  | NULLABLE | A column of type FLOAT64 takes a float32 or float64, or another number that it keeps. BigQuery cannot change a column's type: cast the field with a transformation, or send the topic to another table.
            JSON      | NULLABLE | BYTES   | NULLABLE | A column of type JSON takes `io.debezium.data.Json`, a string with JSON text, or another value except bytes. BigQuery cannot change a column's type: cast the field with a transformation, or send the topic to another table.
            GEOGRAPHY | NULLABLE | STRUCT  | NULLABLE | A column of type GEOGRAPHY takes a string with WKT or GeoJSON, or a geometry of Debezium. BigQuery cannot change a column's type: cast the field with a transformation, or send the topic to another table.
            INTERVAL  | NULLABLE | STRING  | NULLABLE | The sink does not write columns of type INTERVAL. Rename the field with a transformation, so that it gets a column of type STRING, and convert that column in a view, with CAST(... AS INTERVAL).
            RANGE     | NULLABLE | STRING  | NULLABLE | The sink does not write columns of type RANGE. Rename the field with a transformation, so that it gets a column of type STRING, and convert that column in a view, with RANGE(start, end) of two columns.
            """)
    void columnOfAnotherTypeIsRefusedWithItsNameAndAFix(
            ColumnType there, Mode thereMode, ColumnType wanted, Mode wantedMode, String advice) {
        catalog.shapes.put("products", shape(Column.of("x", there, thereMode)));

        assertThatThrownBy(
                        () -> provisioner(SchemaEvolution.RELAX).ensure("products", shape(column(wanted, wantedMode))))
                .isInstanceOf(TableMismatchException.class)
                .hasMessage("table products: column 'x' is " + (thereMode == Mode.REPEATED ? "REPEATED " : "") + there
                        + ", and the record's schema requires " + (wantedMode == Mode.REPEATED ? "REPEATED " : "")
                        + wanted
                        + ". " + advice);
    }

    @ParameterizedTest
    @CsvSource({
        "INT64,NUMERIC",
        "INT64,BIGNUMERIC",
        "INT64,FLOAT64",
        "NUMERIC,BIGNUMERIC",
        "NUMERIC,FLOAT64",
        "BIGNUMERIC,FLOAT64"
    })
    void columnIsWidenedIfAllowed(ColumnType there, ColumnType wanted) {
        catalog.shapes.put("products", shape(DATE, Column.of("x", there, Mode.REQUIRED)));

        assertThat(provisioner(SchemaEvolution.WIDEN)
                        .ensure("products", shape(DATE, Column.of("x", wanted, Mode.NULLABLE), COMMENT)))
                .isTrue();
        assertThat(catalog.columns("products")).contains(List.of(DATE, Column.of("x", wanted, Mode.NULLABLE), COMMENT));
        assertThat(catalog.changes).containsExactly("x " + wanted);
        assertThat(catalog.updates).isEqualTo(1);
    }

    @Test
    void rowsOfIntegersStillFitAColumnThatBecameNumeric() {
        catalog.shapes.put("products", shape(Column.of("x", ColumnType.NUMERIC, Mode.NULLABLE)));

        assertThat(provisioner(SchemaEvolution.NONE)
                        .ensure("products", shape(Column.of("x", ColumnType.INT64, Mode.NULLABLE))))
                .isFalse();
        assertThat(catalog.updates).isZero();
    }

    private static Column column(ColumnType type, Mode mode) {
        return new Column("x", type, mode, type == ColumnType.STRUCT ? List.of(BRAND) : List.of());
    }

    @Test
    void missingPartitionColumnIsRefused() {
        TableShape wanted = new TableShape(List.of(BRAND), BY_DATE, List.of());

        assertThatThrownBy(() -> provisioner(SchemaEvolution.NONE).ensure("products", wanted))
                .hasMessage("table products cannot be partitioned by 'catalog_date', which the record's schema does not"
                        + " have. Correct partition.field; the schema has [brand].");
    }

    @Test
    void partitionColumnOfAWrongTypeIsRefused() {
        Partitioning byBrand = new Partitioning(
                Partitioning.Unit.DAY, Optional.of("brand"), Optional.empty(), false, Optional.empty());
        Partitioning hourly = new Partitioning(
                Partitioning.Unit.HOUR, Optional.of("catalog_date"), Optional.empty(), false, Optional.empty());
        Partitioning range = new Partitioning(
                Partitioning.Unit.RANGE,
                Optional.of("brand"),
                Optional.empty(),
                false,
                Optional.of(new Partitioning.Range(0, 10, 1)));

        assertThatThrownBy(() -> provisioner(SchemaEvolution.NONE)
                        .ensure("products", new TableShape(List.of(BRAND), byBrand, List.of())))
                .hasMessage("table products cannot be partitioned by DAY of 'brand', which is STRING. Correct"
                        + " partition.type or partition.field.");
        assertThatThrownBy(() -> provisioner(SchemaEvolution.NONE)
                        .ensure("products", new TableShape(List.of(DATE), hourly, List.of())))
                .hasMessageStartingWith(
                        "table products cannot be partitioned by HOUR of 'catalog_date', which is DATE.");
        assertThatThrownBy(() -> provisioner(SchemaEvolution.NONE)
                        .ensure("products", new TableShape(List.of(BRAND), range, List.of())))
                .hasMessageStartingWith("table products cannot be partitioned by RANGE of 'brand', which is STRING.");
    }

    @Test
    void missingClusteringColumnIsRefused() {
        TableShape wanted = new TableShape(List.of(DATE), BY_DATE, List.of("brand"));

        assertThatThrownBy(() -> provisioner(SchemaEvolution.NONE).ensure("products", wanted))
                .hasMessage("table products cannot be clustered by 'brand', which the record's schema does not have."
                        + " Correct clustering.fields; the schema has [catalog_date].");
    }

    @Test
    void fieldNamesAreConvertedToColumnNames() {
        assertThat(ColumnNaming.ASCII.columnFor("price-eur")).isEqualTo("price_eur");
        assertThat(ColumnNaming.ASCII.columnFor("2nd")).isEqualTo("_2nd");
        assertThat(ColumnNaming.ASCII.columnFor("größe")).isEqualTo("gr__e");
        assertThat(ColumnNaming.ASCII.columnFor("")).isEqualTo("_");
        assertThat(ColumnNaming.ASCII.columnFor("_PARTITIONTIME")).isEqualTo("f_PARTITIONTIME");
        assertThat(ColumnNaming.FLEXIBLE.columnFor("2. größe-é (%)")).isEqualTo("_2_ größe-é _%_");
        assertThatThrownBy(() -> ColumnNaming.ASCII.columnFor("x".repeat(301)))
                .hasMessageEndingWith(
                        "has a name of 301 characters; BigQuery accepts 300. Rename it with a transformation.");
        assertThatThrownBy(() -> ColumnNaming.ASCII.refuseCollisions("the record's schema", List.of("a-b", "A_b")))
                .hasMessage("the record's schema: the fields 'a-b' and 'A_b' would both become the column 'A_b'. Rename"
                        + " one of them with a transformation.");
        assertThatCode(() -> ColumnNaming.ASCII.refuseCollisions("the record's schema", List.of("a", "b")))
                .doesNotThrowAnyException();
    }

    @Test
    void invalidPartitioningIsRefused() {
        assertThatThrownBy(() -> new Partitioning.Range(0, 0, 1))
                .hasMessage("start must be below end, and the interval at least 1");
        assertThatThrownBy(() -> new Partitioning.Range(0, 10_001, 1)).hasMessage("more than 10000 partitions");
        assertThatThrownBy(() -> new Partitioning(
                        Partitioning.Unit.RANGE, Optional.of("x"), Optional.empty(), false, Optional.empty()))
                .hasMessage("partitions by RANGE without a range");
        assertThatThrownBy(() -> new Partitioning(
                        Partitioning.Unit.RANGE,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.of(new Partitioning.Range(0, 10, 1))))
                .hasMessage("integer ranges need a field");
        assertThat(BY_DATE.byIngestionTime()).isFalse();
    }

    private TableProvisioner provisioner(SchemaEvolution evolution) {
        return new TableProvisioner(catalog, true, evolution);
    }

    private static TableShape shape(Column... columns) {
        return new TableShape(List.of(columns), Partitioning.NONE, List.of());
    }

    private static final class InMemoryTableCatalog implements TableCatalog {
        private final Map<String, TableShape> shapes = new HashMap<>();
        private @org.jspecify.annotations.Nullable TableShape othersMake;
        private final List<String> changes = new ArrayList<>();
        private int updates;

        @Override
        public Optional<List<Column>> columns(String table) {
            return Optional.ofNullable(shapes.get(table)).map(TableShape::columns);
        }

        @Override
        public List<String> primaryKey(String table) {
            return Optional.ofNullable(shapes.get(table))
                    .map(TableShape::primaryKey)
                    .orElse(List.of());
        }

        @Override
        public boolean create(String table, TableShape shape) {
            TableShape others = othersMake;
            shapes.put(table, others == null ? shape : others);
            return others == null;
        }

        @Override
        public void changeType(String table, String column, ColumnType type) {
            changes.add(column + " " + type);
        }

        @Override
        public void update(String table, List<Column> columns) {
            updates++;
            shapes.put(table, new TableShape(columns, Partitioning.NONE, List.of()));
        }
    }
}
