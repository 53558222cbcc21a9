package io.catalogconnect.catalogctl.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.FakeServices;
import io.catalogconnect.catalogctl.apply.ContractApply;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.catalogctl.live.ObjectProgress;
import io.catalogconnect.catalogctl.live.ReplayLog;
import io.catalogconnect.catalogctl.live.SourceProgress;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new table, and a changed rule of another one, after a file was read. */
final class ReplayAdviceTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final DeliveredObject FILE =
            new DeliveredObject("s3://catalog/catalog/dt=2026-11-01/p.csv", "e", 1000, START, "2026-11-01", 0);
    private static final String REPLAY = "catalogctl replay c.yaml --env local --since 2026-11-01 (1 file, 1000 bytes)";
    private static final String REASONS =
            "Rows of earlier files are not in products_team_c. Rows of earlier files stay as"
                    + " the earlier rules have selected them. To change that, run";

    private final MovableClock clock = new MovableClock(START);
    private final Desired next;
    private FakeServices services = new FakeServices();

    ReplayAdviceTest() throws IOException {
        next = Contracts.withTeamC("version: 1.2.0", "version: 1.3.0", "> 2000 &&", "> 2010 &&");
    }

    @BeforeEach
    void readAFile() throws Exception {
        services = new FakeServices();
        apply(Contracts.catalog());
        services.progress = new SourceProgress(
                List.of(new ObjectProgress(FILE.uri(), "e", 1000, 1000, START, 9, 0, true)), Map.of());
        services.writes.clear();
    }

    /** The advice is given until the apply is complete, at whichever write earlier ones were killed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void adviceSurvivesAnApplyThatIsKilledAtAnyWrite(boolean isEffective) throws Exception {
        apply(next);
        int writes = services.writes.size();
        assertThat(writes).isGreaterThan(10);
        for (int n = 0; n < writes; n++) {
            readAFile();
            services.killAtWrite(n, isEffective);
            assertThatThrownBy(() -> apply(next)).isInstanceOf(FakeServices.Killed.class);
            services.revive();
            clock.advance(Duration.ofMinutes(11));
            assertThat(advice(next))
                    .as("killed at write " + n)
                    .singleElement()
                    .asString()
                    .startsWith(REASONS);
            // Without changes, the command does not begin an apply.
            if (!plan(next).isRecorded()) {
                apply(next);
            }
            assertThat(advice(next)).containsExactly(REASONS + ": " + REPLAY);
        }
    }

    @Test
    void adviceSurvivesAnApplyThatFails() throws Exception {
        services.failAt("configure connector", "Kafka Connect does not answer.");
        new ContractApply(services.services(), clock, "ada", step -> {})
                .apply(next, ContractApply.Options.plain(PlanJson::of));
        services.revive();
        assertThat(services.tables).containsKey("products_team_c");
        assertThat(advice(next)).containsExactly(REASONS + " after apply: " + REPLAY);
    }

    @Test
    void adviceEndsWithAReplay() throws Exception {
        apply(next);
        log(ReplayLog.BEGUN);
        assertThat(advice(next))
                .containsExactly(
                        "To end replay 1, run: catalogctl replay c.yaml --env local --resume",
                        REASONS + " after apply: " + REPLAY);
        log(ReplayLog.ENDED);
        assertThat(advice(next)).isEmpty();
    }

    @Test
    void adviceEndsWithTheNextApply() throws Exception {
        apply(next);
        services.topics.remove("products.raw");
        assertThat(advice(next)).containsExactly(REASONS + " after apply: " + REPLAY);
        apply(next);
        assertThat(advice(next)).isEmpty();
    }

    @Test
    void firstApplyNeedsNoReplay() throws Exception {
        assertThat(advice(Contracts.catalog())).isEmpty();
    }

    private void log(String event) {
        services.log.add(new LogEntry(
                next.contractId(), "local", 2, event, clock.instant(), "ada", "1.3.0", "1.3.0", "1 file", "{}", ""));
    }

    private List<String> advice(Desired desired) throws InterruptedException {
        return ReplayAdvice.of(
                plan(desired),
                services.services().facts().log(desired.contractId(), desired.environment()),
                "c.yaml --env local",
                () -> List.of(FILE),
                services.services().workers());
    }

    private Plan plan(Desired desired) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services.services()), false);
    }

    private void apply(Desired desired) throws Exception {
        assertThat(new ContractApply(services.services(), clock, "ada", step -> {})
                        .apply(desired, ContractApply.Options.plain(PlanJson::of))
                        .isComplete())
                .isTrue();
    }
}
