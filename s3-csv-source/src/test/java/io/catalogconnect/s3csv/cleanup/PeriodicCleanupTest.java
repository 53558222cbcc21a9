package io.catalogconnect.s3csv.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.s3csv.MemoryStore;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class PeriodicCleanupTest {

    @AfterEach
    void forget() {
        MDC.remove("connector.context");
    }

    /** The log pattern of the worker takes the connector's name from the context. */
    @Test
    void logLinesOfPassesNameTheConnector() throws Exception {
        MemoryStore store = new MemoryStore();
        ObjectRef object = store.put("a.csv", "a");
        SourceOffset done = SourceOffset.start(object).at(1, 1, 0, null, SourceOffset.State.DONE);
        CompletableFuture<String> context = new CompletableFuture<>();
        ObjectDisposal disposal = new ObjectDisposal() {
            @Override
            public boolean dispose(ObjectRef which) {
                context.complete(String.valueOf(MDC.get("connector.context")));
                return true;
            }

            @Override
            public void close() {
                context.complete("closed");
            }
        };
        MDC.put("connector.context", "[catalog-source|worker] ");
        Cleaner cleaner = new Cleaner(
                store,
                SourceSettings.parse(Map.of("s3.bucket", MemoryStore.BUCKET, "topic", "raw"))
                        .discovery(),
                partitions -> Map.of(SourcePartition.of(object), done),
                disposal,
                Clock.systemUTC());
        try (PeriodicCleanup cleanup = PeriodicCleanup.start(cleaner, store, disposal, Duration.ofMillis(1))) {
            assertThat(cleanup).isNotNull();
            assertThat(context.get(60, TimeUnit.SECONDS)).isEqualTo("[catalog-source|worker] ");
        }
    }
}
