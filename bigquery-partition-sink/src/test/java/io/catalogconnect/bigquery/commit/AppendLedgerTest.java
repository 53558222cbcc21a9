package io.catalogconnect.bigquery.commit;

import static io.catalogconnect.bigquery.commit.LaneFixture.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.simulation.SimulatedBigQuery;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which appends may be written, depending on whether they were prepared and sent. */
final class AppendLedgerTest {

    private final LaneFixture lane = new LaneFixture(SimulatedBigQuery.answeringAtOnce());
    private final AppendLedger ledger = new AppendLedger();
    private final AppendLedger.Entry append = ledger.place(lane.row(0).format(), List.of(lane.row(0), lane.row(1)));

    @Test
    void appendThatWaitsForItsPreparationIsNotWritten() {
        CompletableFuture<String> preparation = new CompletableFuture<>();
        assertThat(append.answer()).isEqualTo(new AppendAnswer.Unavailable("not sent"));
        append.prepare(preparation, 5_000, () -> {});

        assertThat(append.isPrepared()).isFalse();
        assertThat(append.answered()).isFalse();
        assertThat(append.answer()).isEqualTo(new AppendAnswer.Unavailable("not sent"));
        assertThat(append.fate()).isEqualTo(AppendAnswer.Fate.NOT_WRITTEN);
        preparation.complete("stored");
        assertThat(append.isPrepared()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void appendWhosePreparationFailedIsNotWrittenAndHasItsFailure(boolean wrapped) {
        RuntimeException failure = new ServiceUnavailableException("UNAVAILABLE", null);
        append.prepare(
                CompletableFuture.failedFuture(wrapped ? new CompletionException(failure) : failure), 5_000, () -> {});

        assertThat(append.isPrepared()).isFalse();
        assertThat(append.answered()).isTrue();
        assertThat(append.answer()).isEqualTo(new AppendAnswer.Unavailable("UNAVAILABLE"));
        assertThat(append.fate()).isEqualTo(AppendAnswer.Fate.NOT_WRITTEN);
    }

    /** The service may still process the first request. */
    @Test
    void appendThatIsToBeSentAgainMayBeWritten() {
        append.prepare(CompletableFuture.completedFuture("stored"), 5_000, () -> {});
        append.awaitSending(6_000);
        assertThat(append.fate()).isEqualTo(AppendAnswer.Fate.NOT_WRITTEN);
        send(new AppendAnswer.Unavailable("INTERNAL: try again"));
        for (int i = 0; i < 2; i++) {
            append.awaitSending(7_000);
            assertThat(append.isSent()).isFalse();
            assertThat(append.fate()).isEqualTo(AppendAnswer.Fate.UNKNOWN);
            assertThat(ledger.noneWrittenForSure()).isFalse();
        }

        send(null);
        assertThat(append.fate()).isEqualTo(AppendAnswer.Fate.WRITTEN);
    }

    private void send(@Nullable AppendAnswer answer) {
        lane.service.answerAppends(answer);
        lane.service.defaultStream(LANE.table());
        append.send(lane.service.connect("t/streams/_default"), OptionalLong.of(0), 7_000, () -> {});
    }

    @Test
    void streamCannotStartWithAppendsInFlight() {
        assertThatThrownBy(ledger::startOver)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 appends are in flight");
        assertThat(ledger.settledRows()).isZero();
        ledger.settleFirst();
        assertThat(ledger.settledRows()).isEqualTo(2);

        ledger.startOver();
        assertThat(ledger.settledRows()).isZero();
    }
}
