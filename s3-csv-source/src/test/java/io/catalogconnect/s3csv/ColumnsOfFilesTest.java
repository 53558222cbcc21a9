package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cell is which column, by the header or without one. */
class ColumnsOfFilesTest {

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = Catalog.properties();
    private final Polling polling = new Polling(store, properties);

    @Test
    void columnsAreFoundByNameInAnyOrder() throws InterruptedException {
        store.put("catalog/a.csv", "more,category_id,brand,comment\nx,1,HP,new\n");

        List<SourceRecord> records = Polling.poll(polling.task());

        assertThat(Polling.ids(records)).containsExactly(1L);
        assertThat(Catalog.value(records.get(2), "brand")).isEqualTo("HP");
    }

    @Test
    void missingColumnStopsTheTaskOrSkipsTheObject() throws InterruptedException {
        store.put("catalog/a.csv", "brand,comment\nHP,new\n");
        store.put("catalog/b.csv", Catalog.HEADER + "HP,7,\n");
        S3CsvSourceTask failing = polling.task();

        assertThatThrownBy(failing::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage("s3://catalog/catalog/a.csv: the header has no column 'category_id', only brand, comment."
                        + " Correct the file, or make the column nullable (?) and set columns.missing=null");

        properties.put("bad.objects", "skip");
        assertThat(Polling.ids(Polling.poll(polling.task()))).containsExactly(7L);
    }

    @Test
    void fileWithoutHeaderIsReadByPosition() throws InterruptedException {
        properties.put("csv.header", "absent");
        store.put("catalog/a.csv", "HP,1,\nDell,2,x\n");
        properties.put("batch.max.rows", "1");
        List<SourceRecord> first = Polling.poll(polling.task());
        polling.worker().deliver(first);
        polling.worker().commit();

        assertThat(Polling.ids(first)).containsExactly(1L);
        assertThat(Polling.ids(Polling.poll(polling.task()))).containsExactly(2L);
    }

    @Test
    void withoutDeclaredColumnsTheHeaderMakesNullableStrings() throws InterruptedException {
        properties.put("columns", "");
        store.put("catalog/a.csv", "a,b\nx,\n");

        Struct value = (Struct) Polling.poll(polling.task()).get(0).value();

        assertThat(value.schema().fields()).extracting(field -> field.name()).containsExactly("a", "b", "catalog_date");
        assertThat(value.getString("a")).isEqualTo("x");
        assertThat(value.getString("b")).isNull();
    }

    @Test
    void rowsOfAllObjectsHaveOneInstanceOfTheSchemaOfTheDeclaredColumns() throws InterruptedException {
        store.put("catalog/a.csv", Catalog.HEADER + "HP,1,\n");
        store.put("catalog/b.csv", "more,category_id,brand,comment\nx,2,HP,new\n");

        List<Schema> schemas = schemas();

        assertThat(schemas).hasSize(2);
        assertThat(schemas.get(1)).isSameAs(schemas.get(0));
    }

    @Test
    void rowsOfObjectsWithTheSameHeaderHaveOneInstanceOfTheSchema() throws InterruptedException {
        properties.put("columns", "");
        store.put("catalog/a.csv", "a,b\n1,2\n");
        store.put("catalog/b.csv", "a,b\n3,4\n");
        store.put("catalog/c.csv", "b,a\n5,6\n");

        List<Schema> schemas = schemas();

        assertThat(schemas).hasSize(3);
        assertThat(schemas.get(1)).isSameAs(schemas.get(0));
        assertThat(schemas.get(2).fields()).extracting(Field::name).containsExactly("b", "a", "catalog_date");
    }

    @Test
    void rowsOfObjectsWhoseHeadersAlternateHaveOneInstanceOfEachSchema() throws InterruptedException {
        properties.put("columns", "");
        store.put("catalog/a.csv", "a,b\n1,2\n");
        store.put("catalog/b.csv", "b,a\n3,4\n");
        store.put("catalog/c.csv", "a,b\n5,6\n");

        List<Schema> schemas = schemas();

        assertThat(schemas).hasSize(3);
        assertThat(schemas.get(2)).isSameAs(schemas.get(0)).isNotEqualTo(schemas.get(1));
    }

    /** The schema of each row on the main topic. */
    private List<Schema> schemas() throws InterruptedException {
        return polling.all().stream()
                .filter(record -> record.topic().equals("raw"))
                .map(SourceRecord::valueSchema)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b,a | '' | the header contains the column 'a' twice, at positions 1 and 3. Correct the file, or declare the columns to read in columns",
                "a,b, | '' | column 3 of 3 in the header has no name. Correct the file, or declare the columns to read in columns. If every row ends with a delimiter, set csv.trailing.delimiter=ignore",
                "a,,b | '' | column 2 of 3 in the header has no name. Correct the file, or declare the columns to read in columns",
                "a, ,b | '' | column 2 of 3 in the header has no name. Correct the file, or declare the columns to read in columns",
                "a,catalog_date | '' | the header contains the column 'catalog_date' at position 2, and file.date.column has the same name. Choose another name for file.date.column",
                "brand,a,brand | brand:string | the header contains the column 'brand' twice, at positions 1 and 3. Correct the file",
                "a\u202Eb,c,a\u202Eb | '' | the header contains the column 'a\\u202Eb' twice, at positions 1 and 3. Correct the file, or declare the columns to read in columns",
            })
    void headerThatCannotBecomeFieldsIsDamage(String header, String columns, String problem)
            throws InterruptedException {
        properties.put("columns", columns.equals("''") ? "" : columns);
        store.put("catalog/a.csv", header + "\n1,2,3\n");
        S3CsvSourceTask failing = polling.task();

        assertThatThrownBy(failing::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessage("s3://catalog/catalog/a.csv: " + problem);

        properties.put("bad.objects", "skip");
        store.put("catalog/b.csv", "brand\nHP\n");
        assertThat(polling.all()).hasSize(3);
    }

    @Test
    void undeclaredColumnsMayHaveAnyName() throws InterruptedException {
        properties.put("columns", "brand:string");
        store.put("catalog/a.csv", "brand,,x,x,catalog_date,\nHP,1,2,3,4,5\n");

        assertThat(Catalog.value(Polling.poll(polling.task()).get(0), "brand")).isEqualTo("HP");
    }

    @Test
    void headerThatIsTooLongForAnOffsetIsRefused() {
        properties.put("columns", "");
        store.put("catalog/a.csv", "a".repeat(600_000) + ",b\n1,2\n");

        assertThatThrownBy(polling.task()::poll)
                .hasMessage(
                        "s3://catalog/catalog/a.csv: the header has 600002 characters, more than 524288, with which"
                                + " Connect could not store the object's offset. Correct the file, or csv.delimiter and csv.quote");
    }

    @Test
    void headerOfManyColumnsIsListedInPart() {
        StringBuilder header = new StringBuilder("c0");
        for (int i = 1; i < 40_000; i++) {
            header.append(",c").append(i);
        }
        store.put("catalog/a.csv", header + "\n");

        assertThatThrownBy(polling.task()::poll)
                .hasMessageContaining("the header has no column 'brand', only c0, c1, ")
                .hasMessageContaining(", c29, ... (40000 columns). ")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(1_000));
    }
}
