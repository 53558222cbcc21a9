package io.catalogconnect.catalogctl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.catalogctl.resource.ResourceKey.Kind;
import io.catalogconnect.contract.compare.Consent;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import io.catalogconnect.contract.render.TopicSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    private final FakeServices services = new FakeServices();

    @Test
    void firstPlanCreatesEverythingInTheOrderOfDependencies() throws Exception {
        Plan plan = plan(Contracts.catalog());
        assertThat(plan.changes())
                .allMatch(change -> change.action() == Action.CREATE)
                .extracting(change -> change.resource().toString())
                .containsExactly(
                        "table products_raw",
                        "table products_team_a",
                        "table products_team_b",
                        "topic products.raw",
                        "topic products.team-a",
                        "topic products.team-b",
                        "topic products.events",
                        "connector catalog-sink",
                        "connector catalog-source");
        assertThat(PlanText.of(plan, "local"))
                .startsWith("product-catalog 1.2.0 on local", "The contract was not applied here before.", "")
                .contains(
                        "  + table     products_raw                14 columns, partitioned by day of catalog_date, clustered by brand",
                        "  + connector catalog-sink                BigQueryPartitionSinkConnector")
                .endsWith("Plan: 9 to create, 0 to change.");
        assertThat(services.writes).isEmpty();
    }

    @Test
    void appliedContractHasNoDifferences() throws Exception {
        Desired desired = apply(Contracts.catalog());
        Plan plan = plan(desired);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.isRecorded()).isTrue();
        assertThat(PlanText.of(plan, "local")).contains("  nothing differs").endsWith("No changes.");
    }

    @Test
    void changesOutsideOfTheContractAreDrift() throws Exception {
        Desired desired = apply(Contracts.catalog());
        drift();
        Plan plan = plan(desired);
        assertThat(plan.changes()).allMatch(change -> change.action() == Action.DRIFT);
        assertThat(PlanText.of(plan, "local"))
                .containsSequence(
                        "  ? table     products_team_a", "      ? label env  local, live test",
                        "  ? topic     products.raw", "      ? retention.ms  604800000, live 86400000",
                        "  ? connector catalog-sink", "      ? append.max.rows  - 200  (not in the contract)")
                .endsWith("Plan: 0 to create, 0 to change, 3 changed outside of the contract to restore.");
        apply(desired);
        assertThat(plan(desired).changes()).isEmpty();
    }

    /** The sink creates the history, and adds no columns to it. */
    @Test
    void historyGetsTheNewColumnsOfItsTable() throws Exception {
        Desired next = Contracts.catalog();
        TableSpec history = next.historySpec("products_team_a").orElseThrow();
        apply(next);
        TableColumn last = history.columns().get(history.columns().size() - 1);
        TableColumn meta = new TableColumn("_kafka_offset", "INT64", true, "", "");
        List<TableColumn> old = new ArrayList<>(history.columns());
        old.remove(last);
        old.add(meta);
        services.tables.put(history.name(), with(history, old, "day", Map.of("owner", "sink")));
        Plan plan = plan(next);
        assertThat(PlanText.of(plan, "local"))
                .containsSequence(
                        "  ~ table     products_team_a", "      history column " + last.name() + "  + " + last.type());
        services.writes.clear();
        apply(next);
        assertThat(services.writes)
                .contains("update table " + history.name())
                .doesNotContain("update table products_team_a");
        TableSpec changed = Objects.requireNonNull(services.tables.get(history.name()));
        assertThat(changed.columns()).endsWith(meta, new TableColumn(last.name(), last.type(), false, "", ""));
        assertThat(changed.labels()).isEqualTo(Map.of("owner", "sink"));
        assertThat(plan(next).changes()).isEmpty();
    }

    @Test
    void columnThatIsRequiredOnlyInBigQueryBecomesNullable() throws Exception {
        Desired desired = apply(Contracts.catalog());
        TableSpec history = desired.historySpec("products_team_a").orElseThrow();
        TableSpec table = Objects.requireNonNull(services.tables.get("products_team_a"));
        services.tables.put("products_team_a", with(table, required(table), table.partitionType(), table.labels()));
        services.tables.put(history.name(), history.withColumns(required(history)));
        assertThat(history.columns()).anyMatch(TableColumn::required);
        TableColumn image = history.columns().stream()
                .filter(column -> column.name().equals("image"))
                .findFirst()
                .orElseThrow();
        assertThat(image.required()).isFalse();
        assertThat(PlanText.of(plan(desired), "local"))
                .contains(
                        "  ~ table     products_team_a",
                        "      ? mode of image  nullable, live required",
                        "      history mode of image  nullable, live required");
        apply(desired);
        assertThat(services.tables.get("products_team_a")).isEqualTo(table);
        assertThat(services.tables.get(history.name())).isEqualTo(history);
        assertThat(plan(desired).changes()).isEmpty();
    }

    /** BigQuery cannot make a column required. */
    @Test
    void columnThatIsNullableOnlyInBigQueryIsKept() throws Exception {
        Desired desired = apply(Contracts.catalog("delivery: replace", "delivery: append"));
        TableSpec table = Objects.requireNonNull(services.tables.get("products_team_a"));
        assertThat(table.columns()).anyMatch(TableColumn::required);
        services.tables.put(
                "products_team_a",
                table.withColumns(table.columns().stream()
                        .map(column -> new TableColumn(
                                column.name(), column.type(), false, column.description(), column.policyTag()))
                        .toList()));
        assertThat(plan(desired).changes()).isEmpty();
    }

    private static List<TableColumn> required(TableSpec table) {
        return table.columns().stream()
                .map(column ->
                        new TableColumn(column.name(), column.type(), true, column.description(), column.policyTag()))
                .toList();
    }

    private void drift() {
        services.topics.put(
                "products.raw",
                new TopicSpec("products.raw", 3, 1, Map.of("cleanup.policy", "delete", "retention.ms", "86400000")));
        Map<String, String> config = new HashMap<>(
                Objects.requireNonNull(services.connectors.get("catalog-sink")).config());
        config.put("append.max.rows", "200");
        services.deploy("catalog-sink", config, "RUNNING");
        TableSpec table = Objects.requireNonNull(services.tables.get("products_team_a"));
        Map<String, String> labels = new HashMap<>(table.labels());
        labels.put("env", "test");
        services.tables.put("products_team_a", with(table, table.columns(), table.partitionType(), labels));
    }

    @Test
    void stoppedConnectorIsDrift() throws Exception {
        Desired desired = apply(Contracts.catalog());
        services.deploy("catalog-source", desired.source().config(), "STOPPED");
        assertThat(PlanText.of(plan(desired), "local"))
                .containsSequence("  ? connector catalog-source", "      ? state  - STOPPED  (not in the contract)");
        services.writes.clear();
        apply(desired);
        assertThat(services.writes)
                .contains("resume connector catalog-source")
                .noneMatch(text -> text.contains("configure"));
        assertThat(plan(desired).changes()).isEmpty();
    }

    @Test
    void changedRuleIsShownLineByLine() throws Exception {
        apply(Contracts.catalog());
        Plan plan = plan(
                Contracts.catalog("year_release > 2000", "year_release >= 2000", "version: 1.2.0", "version: 1.3.0"));
        assertThat(plan.changes()).allMatch(change -> change.action() == Action.CHANGE);
        assertThat(PlanText.of(plan, "local"))
                .startsWith("product-catalog 1.2.0 -> 1.3.0 on local")
                .contains(
                        "  ~ connector catalog-source",
                        "      contract.version  1.3.0, live 1.2.0",
                        "        - products.team-b: value.brand == \"Samsung\" && value.year_release > 2000 && !present(value.image)",
                        "        + products.team-b: value.brand == \"Samsung\" && value.year_release >= 2000 && !present(value.image)");
    }

    @Test
    void resourcesThatBelongToNobodyAreAdoptedOnRequestOnly() throws Exception {
        services.topics.put("products.raw", new TopicSpec("products.raw", 3, 1, Map.of("retention.ms", "1")));
        Plan refused = plan(Contracts.catalog());
        assertThat(refused.refusal(Set.of())).hasValue("The plan contains resources that must not be changed.");
        assertThat(refused.changes(Action.REFUSE))
                .singleElement()
                .satisfies(change -> assertThat(change.summary())
                        .isEqualTo("it exists and belongs to no contract. --adopt makes it part of this contract."));
        Plan adopted =
                Planner.plan(Contracts.catalog(), LiveReader.read(Contracts.catalog(), services.services()), true);
        assertThat(adopted.changes(Action.ADOPT))
                .extracting(Change::resource)
                .containsExactly(new ResourceKey(Kind.TOPIC, "products.raw"));
    }

    @Test
    void resourcesOfAnotherContractAreRefusedEvenWithAdoption() throws Exception {
        apply(Contracts.catalog());
        Desired other = Contracts.catalog("id: 6c0c1f0e-6a56-4f2b-9a54-0d9a3f0b0c11", "id: another");
        Plan plan = Planner.plan(other, LiveReader.read(other, services.services()), true);
        assertThat(plan.changes())
                .hasSize(9)
                .allMatch(change -> change.action() == Action.REFUSE)
                .allMatch(change -> change.summary().equals("it belongs to another contract. Choose another name."));
    }

    @Test
    void contractsDoNotNameEachOthersResources() throws Exception {
        apply(Contracts.catalog());
        Desired other = Contracts.catalog(
                "id: 6c0c1f0e-6a56-4f2b-9a54-0d9a3f0b0c11", "id: another",
                "products.", "items.",
                "products_raw\n", "items_raw\n",
                "products_team_", "items_team_",
                "catalog-source", "items-source",
                "catalog-sink", "items-sink");
        services.writes.clear();
        String before = services.picture();
        apply(other);
        assertThat(services.writes)
                .hasSizeGreaterThan(9)
                .noneMatch(text -> text.contains("products") || text.contains("catalog-"));
        assertThat(services.picture()).contains(before.lines().toList());
        assertThat(plan(Contracts.catalog()).changes()).isEmpty();
    }

    @Test
    void objectsThatLeaveTheContractAreOrphans() throws Exception {
        apply(Contracts.catalog());
        Desired without = withoutTeamB();
        Plan plan = plan(without);
        assertThat(plan.orphans())
                .map(ResourceKey::toString)
                .containsExactly("table products_team_b", "topic products.team-b");
        assertThat(PlanText.of(plan, "local"))
                .contains(
                        "  - table products_team_b  is not in the contract any more. apply does not delete it, retire does.");
        apply(without);
        assertThat(services.tables).containsKey("products_team_b");
        assertThat(services.topics).containsKey("products.team-b");
        assertThat(plan(without).changes()).isEmpty();
        assertThat(plan(without).orphans()).hasSize(2);
    }

    private static Desired withoutTeamB() throws Exception {
        String text = Contracts.text("product-catalog");
        int start = text.indexOf("  - id: team-b");
        int end = text.indexOf("slaProperties:");
        int role = text.indexOf("    description: Feature team B reads");
        int roleStart = text.lastIndexOf("  - role:", role);
        int roleEnd = text.indexOf("  - role:", role);
        return Contracts.desired(
                text.substring(0, start).replace("version: 1.2.0", "version: 2.0.0")
                        + text.substring(end, roleStart)
                        + text.substring(roleEnd),
                "local");
    }

    @Test
    void breakingChangeWithoutAMajorVersionIsRefused() throws Exception {
        apply(Contracts.catalog());
        Plan plan = plan(Contracts.catalog("version: 1.2.0", "version: 1.3.0", "required: true", "required: false"));
        assertThat(plan.refusal(Set.of()).orElse(""))
                .startsWith("The version is 1.3.0. A major change (")
                .contains("2.0.0");
        assertThat(PlanText.of(plan, "local")).anyMatch(line -> line.startsWith("  major: "));
        assertThat(services.writes).doesNotContain("update table products_raw");
    }

    @Test
    void changeThatDeletesRecordsNeedsConsent() throws Exception {
        apply(Contracts.catalog());
        Plan plan = plan(Contracts.catalog("version: 1.2.0", "version: 2.0.0", "retention: 7d", "retention: 1d"));
        assertThat(plan.refusal(Set.of())).hasValue("The changes need consent: deletion. --accept deletion gives it.");
        assertThat(plan.refusal(Set.of(Consent.DELETION))).isEmpty();
    }

    @Test
    void changesThatAServiceCannotMakeAreRefused() throws Exception {
        Desired desired = apply(Contracts.catalog());
        assertRefused(
                Contracts.catalog("partitions: 3", "partitions: 6"),
                "it has 3 partitions, and the contract says 6. The partition of a key would change");
        TableSpec table = Objects.requireNonNull(services.tables.get("products_raw"));
        services.tables.put("products_raw", with(table, table.columns(), "month", table.labels()));
        assertRefused(
                desired, "it is partitioned by month of catalog_date, and the contract says by day of catalog_date");
        List<TableColumn> columns = new ArrayList<>(table.columns());
        columns.set(0, new TableColumn("brand", "INT64", false, "", ""));
        services.tables.put("products_raw", with(table, columns, table.partitionType(), table.labels()));
        assertRefused(desired, "column brand is INT64, and the contract says STRING");
    }

    /** The client omits an empty clustering from the request, so the table would keep it, and differ in each plan. */
    @Test
    void clusteringThatTheClientCannotRemoveIsRefused() throws Exception {
        apply(Contracts.catalog());
        Desired unclustered = Contracts.catalog(
                ", clustering: [brand]", "", "          clustering: [brand]\n", "", "version: 1.2.0", "version: 1.3.0");
        assertRefused(
                unclustered,
                "it is clustered by brand, and the contract has no clustering. BigQuery's client for Java cannot remove it."
                        + " Run bq update --clustering_fields= PROJECT:DATASET.products_");
    }

    private void assertRefused(Desired desired, String reason) throws Exception {
        assertThat(plan(desired).changes(Action.REFUSE))
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.summary()).startsWith(reason));
    }

    @Test
    void columnThatIsNotInTheContractIsKeptAndNoted() throws Exception {
        Desired desired = apply(Contracts.catalog());
        TableSpec table = Objects.requireNonNull(services.tables.get("products_raw"));
        List<TableColumn> columns = new ArrayList<>(table.columns());
        columns.add(new TableColumn("color", "STRING", false, "", ""));
        services.tables.put("products_raw", with(table, columns, table.partitionType(), table.labels()));
        Plan plan = plan(desired);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.notes())
                .containsExactly("table products_raw has column color STRING, which is not in the contract."
                        + " catalogctl removes no column.");
    }

    /** Earlier versions have created columns without digits, and BigQuery cannot add them. */
    @Test
    void columnWithoutDigitsIsKept() throws Exception {
        Desired orders = Contracts.desired(Contracts.text("orders"), "local");
        apply(orders);
        assertThat(plan(orders).changes()).isEmpty();
        setTypeOfTotal("NUMERIC");
        assertThat(plan(orders).changes()).isEmpty();
        setTypeOfTotal("NUMERIC(14,2)");
        assertRefused(orders, "column total is NUMERIC(14,2), and the contract says NUMERIC(12,2).");
    }

    private void setTypeOfTotal(String type) {
        services.tables.replaceAll((name, table) -> with(
                table,
                table.columns().stream()
                        .map(column -> column.name().equals("total")
                                ? new TableColumn("total", type, column.required(), column.description(), "")
                                : column)
                        .toList(),
                table.partitionType(),
                table.labels()));
    }

    @Test
    void valuesOfSecretsAreHidden() throws Exception {
        Desired desired = apply(Contracts.catalog());
        Map<String, String> config = new HashMap<>(desired.source().config());
        config.put("s3.secret.access.key", "hunter2");
        config.put("producer.override.sasl.jaas.config", "PlainLoginModule required password=\"hunter2\";");
        config.put("s3.session.token", "${env:TOKEN}hunter2");
        services.deploy("catalog-source", config, "RUNNING");
        Plan plan = plan(desired);
        String shown = PlanText.of(plan, "local") + PlanJson.of(plan) + PlanMarkdown.of(plan, "local");
        assertThat(shown).contains("(hidden)", "${env:CATALOG_S3_SECRET_KEY}").doesNotContain("hunter2");
    }

    @Test
    void textFromAServiceIsNoMarkup() throws Exception {
        Desired desired = apply(Contracts.catalog());
        Map<String, String> config = new HashMap<>(desired.sink().config());
        config.put("x", "<script>|[a](b)`\u001b[31m");
        services.deploy("catalog-sink", config, "RUNNING");
        Plan plan = plan(desired);
        assertThat(String.join("\n", PlanMarkdown.of(plan, "local")))
                .contains(
                        "| `?` | connector catalog-sink | x: &lt;script&gt;\\|\\[a\\](b)\\`?\\[31m → (none) (changed outside) |");
        assertThat(String.join("\n", PlanText.of(plan, "local"))).doesNotContain("\u001b");
    }

    private Plan plan(Desired desired) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services.services()), false);
    }

    private Desired apply(Desired desired) throws Exception {
        assertThat(new ContractApply(services.services(), Clock.systemUTC(), "ada", step -> {})
                        .apply(desired, ContractApply.Options.plain(PlanJson::of))
                        .isComplete())
                .isTrue();
        return desired;
    }

    private static TableSpec with(
            TableSpec table, List<TableColumn> columns, String partitionType, Map<String, String> labels) {
        return new TableSpec(
                table.name(),
                table.description(),
                columns,
                partitionType,
                table.partitionField(),
                table.expirationMillis(),
                table.requirePartitionFilter(),
                table.clustering(),
                table.key(),
                labels);
    }
}
