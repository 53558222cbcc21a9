package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.plan.ReviewedPlan;
import io.catalogconnect.catalogctl.resource.Desired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .contains(new SavedPlan("prod", CONTRACT, true, ReviewedPlan.of(plan(Contracts.catalog()))));
        assertThat(Files.readString(file).lines())
                .startsWith(
                        "{",
                        "  \"format\": \"catalogctl-plan\",",
                        "  \"formatVersion\": 2,",
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

    /** Differences with all their values are read as they were written. */
    @Test
    void changesAreReadAsTheyWereWritten() throws Exception {
        Desired desired = Contracts.catalog();
        services.deploy(
                "catalog-source", Map.of("topic", "a\n\"b\" \u00e4", "contract.id", desired.contractId()), "RUNNING");
        Plan plan = plan(desired);
        assertThat(SavedPlan.read(write(plan)).orElseThrow().reviewed()).isEqualTo(ReviewedPlan.of(plan));
        assertThat(SavedPlan.refusal(ReviewedPlan.of(plan), "plan.json", plan, "Make a new plan."))
                .isEmpty();
    }

    @Test
    void refusalNamesTheFileAndWhatDiffers() throws Exception {
        Desired desired = Contracts.catalog();
        Plan plan = plan(desired);
        ReviewedPlan none = new ReviewedPlan(
                ReviewedPlan.of(plan).contractDigest(), "", plan.changes().subList(1, 9));
        assertThat(SavedPlan.refusal(none, "plan.json", plan, "Make a new plan."))
                .hasValue(String.format("plan.json does not contain what apply would do now:%n"
                        + "  create table products_raw%nMake a new plan."));
    }

    @Test
    void planThatWasChangedIsRefused() throws Exception {
        Path file = write(plan(Contracts.catalog()));
        String text = Files.readString(file);
        for (String change : List.of("\"adopt\": true", "products_raw", "\"contractFile\": \"orders", "\"prod\"")) {
            assertThat(text).contains(change);
            Files.writeString(
                    file, text.replace(change, change.replace("t", "x").replace("p", "q")));
            assertThatThrownBy(() -> SavedPlan.read(file)).as(change).isInstanceOf(ContractException.class);
        }
        Files.writeString(file, text.replace("\"adopt\": true", "\"adopt\": false"));
        assertThatThrownBy(() -> SavedPlan.read(file))
                .isInstanceOf(ContractException.class)
                .hasMessage(file + " is not as catalogctl has written it: its digest is wrong. Make a new plan.");
    }

    /** A copy that was interrupted, at any character. */
    @Test
    void planThatIsCutIsIncomplete() throws Exception {
        Path file = write(plan(Contracts.catalog()));
        String text = Files.readString(file).strip();
        for (int length = 3; length < text.length(); length += 7) {
            Path cut = Files.writeString(folder.resolve("cut.json"), text.substring(0, length));
            assertThatThrownBy(() -> SavedPlan.read(cut))
                    .as("%d characters", length)
                    .isInstanceOf(ContractException.class)
                    .hasMessage(cut + " is an incomplete plan. Make a new plan.");
        }
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
    void planOfAnotherVersionIsRefused() throws IOException {
        Path older = Files.writeString(
                folder.resolve("older.json"), "{\"format\": \"catalogctl-plan\", \"formatVersion\": 1}");
        assertThatThrownBy(() -> SavedPlan.read(older))
                .isInstanceOf(ContractException.class)
                .hasMessage(older + " has version 1 of the format of plans. This catalogctl reads version 2. Make a new"
                        + " plan.");
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
