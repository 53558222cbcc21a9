package io.catalogconnect.s3csv;

import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.object.UnknownStoreHostException;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the bucket for one key, so that a wrong name, region or permission is refused before a task runs. */
final class BucketCheck {

    private static final Logger log = LoggerFactory.getLogger(BucketCheck.class);

    private BucketCheck() {}

    /** What is wrong with the bucket, or null when nothing is known to be: a store that is away now may be back later. */
    static @Nullable String problem(S3CsvSourceConfig config, Clock clock) {
        try (S3ObjectStore store = S3ObjectStore.open(config.s3(), 1)) {
            DiscoveryPlan plan = config.delivery().plan(config.s3().bucket());
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            store.list(plan.prefix().prefixes(today, 0).get(0), null);
            return null;
        } catch (UnknownStoreHostException e) {
            return e.getMessage(); // whoever mistypes a region or an endpoint asks a host that is not there
        } catch (TransientStoreException e) {
            log.warn("The bucket could not be checked now: {}", e.getMessage());
            return null;
        } catch (StoreException e) {
            return e.getMessage();
        }
    }
}
