package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.resource.Desired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SavedPlanTest {
    private static final Path CONTRACT = Path.of("orders.odcs.yaml");

    private final FakeServices services = new FakeServices();

    @TempDir
    Path folder;

    @Test
    void planNamesItsContractAndItsContext() throws Exception {
        Path file = write(plan(Contracts.catalog()));
        assertThat(SavedPlan.read(file))
                .contains(new SavedPlan(
                        "prod", CONTRACT, true, plan(Contracts.catalog()).digest()));
        assertThat(Files.readString(file).lines())
                .startsWith(
                        "{",
                        "  \"format\": \"catalogctl-plan\",",
                        "  \"formatVersion\": 1,",
                        "  \"context\": \"prod\",",
                        "  \"contractFile\": \"orders.odcs.yaml\",",
                        "  \"adopt\": true,",
                        "  \"contract\": \"product-catalog\",")
                .contains("      \"name\": \"products_raw\",");
    }

    @Test
    void planContainsNoSecrets() throws Exception {
        Desired desired = Contracts.catalog();
        services.deploy(
                "catalog-source",
                Map.of("s3.secret.access.key", "hunter2", "contract.id", desired.contractId()),
                "RUNNING");
        assertThat(Files.readString(write(plan(desired)))).contains("(hidden)").doesNotContain("hunter2");
    }

    /** Any change of the contract is reviewed, also if it changes no resource. */
    @Test
    void digestDependsOnTheTextOfTheContract() throws Exception {
        assertThat(plan(Contracts.catalog("username: ada", "username: eve")).digest())
                .isNotEqualTo(plan(Contracts.catalog()).digest());
    }

    @Test
    void otherFilesAreNoPlans() throws Exception {
        assertThat(SavedPlan.read(Path.of("../config/contracts/product-catalog.odcs.yaml")))
                .isEmpty();
        assertThat(SavedPlan.read(Files.writeString(folder.resolve("a.json"), "{\"format\": \"x\"}")))
                .isEmpty();
        assertThat(SavedPlan.read(Files.writeString(folder.resolve("b.json"), "")))
                .isEmpty();
        assertThat(SavedPlan.read(folder.resolve("absent.json"))).isEmpty();
    }

    @Test
    void planTakesThePlaceOfAPlanOnly() throws Exception {
        SavedPlan.check(write(plan(Contracts.catalog())));
        SavedPlan.check(folder.resolve("new.json"));
        Path contract = Files.writeString(folder.resolve("contract.yaml"), "id: a");
        assertThatThrownBy(() -> SavedPlan.check(contract))
                .isInstanceOf(ContractException.class)
                .hasMessage("--out " + contract + ": the file exists and is not a plan. Name another file.");
        Path lost = folder.resolve("absent").resolve("plan.json");
        assertThatThrownBy(() -> SavedPlan.check(lost))
                .isInstanceOf(ContractException.class)
                .hasMessage("--out " + lost + ": the folder does not exist.");
    }

    @Test
    void planOfAnotherVersionOrWithoutADigestIsRefused() throws IOException {
        Path newer = Files.writeString(
                folder.resolve("newer.json"), "{\"format\": \"catalogctl-plan\", \"formatVersion\": 2}");
        assertThatThrownBy(() -> SavedPlan.read(newer))
                .isInstanceOf(ContractException.class)
                .hasMessage(newer + " has version 2 of the format of plans. This catalogctl reads version 1. Make a new"
                        + " plan.");
        Path cut = Files.writeString(
                folder.resolve("cut.json"),
                "{\"format\": \"catalogctl-plan\", \"formatVersion\": 1, \"context\": \"prod\","
                        + " \"contractFile\": \"a.yaml\"}");
        assertThatThrownBy(() -> SavedPlan.read(cut))
                .isInstanceOf(ContractException.class)
                .hasMessage(cut + " is a plan without digest. Make a new plan.");
    }

    private Plan plan(Desired desired) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services.services()), true);
    }

    private Path write(Plan plan) throws IOException {
        Path file = folder.resolve("plan.json");
        SavedPlan.write(file, plan, "prod", CONTRACT, true);
        return file;
    }
}
