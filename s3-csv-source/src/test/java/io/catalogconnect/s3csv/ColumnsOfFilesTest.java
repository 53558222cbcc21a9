package io.catalogconnect.s3csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

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
    void aMissingColumnStopsTheTaskOrLeavesTheObjectOut() throws InterruptedException {
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
    void aFileWithoutHeaderIsReadByPosition() throws InterruptedException {
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
}
