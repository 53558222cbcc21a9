package io.catalogconnect.s3csv.object.s3;

import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.object.UnknownStoreHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists one key of a bucket, so that a wrong name, region or permission is reported before a task runs. */
public final class BucketCheck {

    private static final Logger log = LoggerFactory.getLogger(BucketCheck.class);

    private BucketCheck() {}

    /** The problem with the bucket; null if the bucket can be read, or if S3 is unavailable now. */
    public static @Nullable String problem(S3Settings settings, String prefix) {
        try (S3ObjectStore store = S3ObjectStore.open(settings, 1)) {
            store.list(prefix, null);
            return null;
        } catch (UnknownStoreHostException e) {
            return e.getMessage(); // a wrong region or endpoint is a host name that does not exist
        } catch (TransientStoreException e) {
            log.warn("The bucket could not be checked now: {}", e.getMessage());
            return null;
        } catch (StoreException e) {
            return e.getMessage();
        }
    }
}
