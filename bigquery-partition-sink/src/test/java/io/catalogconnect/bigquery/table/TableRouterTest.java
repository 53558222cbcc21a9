package io.catalogconnect.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableRouterTest {

    private static final TableRules ALL = new TableRules(Set.of("streams"), Optional.empty(), List.of());

    @Test
    void topicIsWrittenToItsConfiguredTableOrToTheOneOfItsName() {
        TableRouter router = new TableRouter(Map.of("products.raw", "raw", "products.more", "raw"), ALL);

        assertThat(router.tableFor("products.raw")).isEqualTo("raw");
        assertThat(router.tableFor("products.more")).isEqualTo("raw");
        assertThat(router.tableFor("other.topic")).isEqualTo("other_topic");
        assertThat(router.tableFor("other.topic")).isEqualTo("other_topic");
    }

    @Test
    void topicsWhoseNamesBecomeOneTableAreRefused() {
        TableRouter router = new TableRouter(Map.of(), ALL);
        assertThat(router.tableFor("t05.x")).isEqualTo("t05_x");

        assertThatThrownBy(() -> router.tableFor("t05-x"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Topics t05.x and t05-x both map to table t05_x. Add an entry for each of them to tables.");
        assertThat(router.tableFor("t05.x")).isEqualTo("t05_x");
    }

    @Test
    void topicWhoseNameBecomesTheConfiguredTableOfAnotherTopicIsRefused() {
        TableRouter router = new TableRouter(Map.of("products", "t05_x"), ALL);

        assertThatThrownBy(() -> router.tableFor("t05.x"))
                .hasMessage(
                        "Topics products and t05.x both map to table t05_x. Add an entry for each of them to tables.");
    }

    @Test
    void topicsWithEntriesShareATable() {
        TableRouter router = new TableRouter(Map.of("t05.x", "t05_x", "t05-x", "t05_x"), ALL);

        assertThat(router.tableFor("t05.x")).isEqualTo(router.tableFor("t05-x"));
    }

    @ParameterizedTest
    @CsvSource({
        "streams, table streams is reserved for the connector's own records. Choose another name in tables",
        "_catalog_connect_other, table _catalog_connect_other is reserved for the connector's own records. Choose another name in tables",
        "team_a_history, 'table team_a_history ends with _history, the suffix of histories. Choose another name in tables, or another replace.history.suffix'",
        "team_b, table team_b is not permitted by tables.allowed. Choose a permitted name in tables",
        "xteam_a, table xteam_a is not permitted by tables.allowed. Choose a permitted name in tables"
    })
    void refusedTableIsNamedWithTheReason(String table, String reason) {
        TableRules rules = new TableRules(Set.of("streams"), Optional.of("_history"), List.of("team_a*", "raw"));

        assertThat(rules.refusal(table)).contains(reason);
        assertThatThrownBy(() -> new TableRouter(Map.of("t", table), rules).tableFor("t"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Topic t: " + reason + ".");
    }

    @ParameterizedTest
    @CsvSource({"team_a", "team_a_products", "raw"})
    void permittedTableIsNotRefused(String table) {
        TableRules rules = new TableRules(Set.of("streams"), Optional.of("_history"), List.of("team_a*", "raw"));

        assertThat(rules.refusal(table)).isEmpty();
    }
}
