package io.catalogconnect.localbigquery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Names of datasets and tables, and quoted text. */
class TableNamesTest {

    @Test
    void namesArePrintedAsBigQueryPrintsThem() {
        TableRef table = TableRef.of(new DatasetRef("p", "d"), "t");
        assertThat(table).hasToString("p:d.t");
        assertThat(table.datasetRef()).hasToString("p:d");
        assertThat(table.path()).isEqualTo("projects/p/datasets/d/tables/t");
        assertThat(TableRef.of(table.toReference())).isEqualTo(table);
    }

    @Test
    void emptyPartOfANameIsRefused() {
        assertThatThrownBy(() -> new TableRef("p", "", "t"))
                .isInstanceOf(StoreException.class)
                .hasMessage("The name of a table needs a project, a dataset id and a table id; got 'p', '' and 't'.");
        assertThatThrownBy(() -> new DatasetRef("", "d"))
                .isInstanceOf(StoreException.class)
                .hasMessage("The name of a dataset needs a project and a dataset id; got '' and 'd'.");
    }

    @Test
    void quotesInNamesAndTextAreDoubled() {
        assertThat(Sql.quote("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Sql.literal("it's")).isEqualTo("'it''s'");
    }

    @Test
    void jsonTextHasTheEscapesOfToJsonString() {
        assertThat(JsonText.quote("a\"\\\b\f\n\r\t\u0001\u2028é"))
                .isEqualTo("\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u2028é\"");
        assertThat(JsonText.quote(null)).isNull();
    }
}
