package io.catalogconnect.localstack.source;

import io.catalogconnect.localstack.source.CrashingSource.Mode;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker is killed while it reads twenty files: each row once where the worker can that, and never a gap where not. */
final class SourceCrashIT {
    @TempDir
    Path directory;

    @Test
    void noRowIsLostOrDuplicatedIfTheWorkerIsKilledWithinTwentyFiles() throws Exception {
        SourceCrash.killAndCount(directory, EnumSet.allOf(Mode.class), 1, 2_000, 800);
    }

    @Test
    @Tag("soak")
    void noRowIsLostOrDuplicatedByFiftyKills() throws Exception {
        SourceCrash.killAndCount(directory, EnumSet.of(Mode.EXACTLY_ONCE), 50, 20_000, 30_000);
    }

    @Test
    @Tag("soak")
    void noRowIsLostByFiftyKillsOnAWorkerWithoutTransactions() throws Exception {
        SourceCrash.killAndCount(directory, EnumSet.of(Mode.AT_LEAST_ONCE), 50, 20_000, 60_000);
    }
}
