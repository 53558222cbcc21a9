package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.Levels;
import io.catalogconnect.catalogctl.status.StatusReader;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContractPageTest {
    private final FakeServices services = new FakeServices();
    private final MovableClock clock = new MovableClock();
    private final ContractPage page;

    ContractPageTest() throws IOException {
        Desired desired = Contracts.catalog();
        services.tables.put("products_raw", desired.tables().get(0));
        Levels none = new Levels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        page = new ContractPage(
                desired,
                new StatusReader(desired, "c.yaml --env local", none, services.services(), List::of, clock),
                services.services().tables(),
                1000,
                clock);
    }

    @Test
    void stateIsReadAtMostOnceInTwoSeconds() throws Exception {
        String first = page.status();
        assertThat(json(first).path("tables").path(0).path("exists").asBoolean())
                .isTrue();
        services.tables.clear();
        clock.advance(Duration.ofSeconds(2));
        assertThat(page.status()).isEqualTo(first);
        clock.advance(Duration.ofMillis(1));
        assertThat(json(page.status()).path("tables").path(0).path("exists").asBoolean())
                .isFalse();
    }

    @Test
    void onlyTablesOfTheContractAreShown() throws Exception {
        JsonNode table = json(page.table("products_raw"));
        assertThat(table.path("columns").path(0)).hasToString("{\"name\":\"brand\",\"type\":\"STRING\"}");
        assertThat(table.path("partitions")).hasToString("[{\"id\":\"20261101\",\"rows\":1}]");
        assertThat(table.path("preview"))
                .hasToString("{\"columns\":[\"table\"],\"rows\":[[\"products_raw\"]],\"cut\":true}");
        assertThatThrownBy(() -> page.table("products_team_a"))
                .isInstanceOf(LiveException.class)
                .hasMessage("The table products_team_a does not exist.");
        assertThatThrownBy(() -> page.table("salaries"))
                .isInstanceOf(LiveException.class)
                .hasMessage("The contract has no table salaries.");
    }

    @Test
    void requestOfAQueryIsChecked() throws Exception {
        assertThat(json(page.query("{\"sql\": \"SELECT 1\"}")))
                .hasToString("{\"columns\":[\"query\"],\"rows\":[[\"SELECT 1\"]],\"cut\":false}");
        for (String request : new String[] {"{\"sql\": 1}", "{}", "{\"sql\": \" \"}", "[]"}) {
            assertThatThrownBy(() -> page.query(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The request needs a text with the name sql.");
        }
        assertThatThrownBy(() -> page.query("SELECT 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The request is not JSON.");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
