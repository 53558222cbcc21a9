package io.catalogconnect.s3csv.object.s3;

import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts an object away under another prefix of its bucket: copies exactly its version, and deletes it under its old key if it is
 * still that version. Both steps name the ETag, so that an object that is overwritten in between stays.
 */
public final class S3Move implements ObjectDisposal {

    private static final Logger log = LoggerFactory.getLogger(S3Move.class);

    /** What one copy request takes, by S3's documentation of CopyObject. */
    private static final long LARGEST_COPY = 5L * 1024 * 1024 * 1024;

    private final S3Settings settings;
    private final S3Client client;
    private final S3Failures failures;
    private final String prefix;

    private S3Move(S3Settings settings, S3Client client, String prefix) {
        this.settings = settings;
        this.client = client;
        this.failures = new S3Failures(settings);
        this.prefix = prefix;
    }

    /** Opens no connection yet. The object's key is appended to the prefix. */
    public static S3Move open(S3Settings settings, String prefix) {
        return new S3Move(settings, S3ClientFactory.client(settings), prefix);
    }

    @Override
    public boolean dispose(ObjectRef object) throws StoreException {
        if (object.size() > LARGEST_COPY) {
            log.warn(
                    "{} stays where it is: it has {} bytes, and one copy request of S3 takes {}",
                    object,
                    object.size(),
                    LARGEST_COPY);
            return false;
        }
        try {
            copy(object);
            delete(object);
            return true;
        } catch (AwsServiceException e) {
            if (e.statusCode() == 412 || e.statusCode() == 404) {
                log.info("{} stays where it is: it is another version now", object);
                return false;
            }
            throw refused(object, e);
        } catch (SdkException e) {
            throw refused(object, e);
        }
    }

    private void copy(ObjectRef object) {
        client.copyObject(request -> request.sourceBucket(object.bucket())
                .sourceKey(object.key())
                .destinationBucket(object.bucket())
                .destinationKey(prefix + object.key())
                .copySourceIfMatch(S3ObjectStore.quoted(object.etag()))
                .requestPayer(settings.payer())
                .copySourceSSECustomerAlgorithm(settings.customerAlgorithm())
                .copySourceSSECustomerKey(settings.customerKey())
                .copySourceSSECustomerKeyMD5(settings.customerKeyMd5())
                .sseCustomerAlgorithm(settings.customerAlgorithm())
                .sseCustomerKey(settings.customerKey())
                .sseCustomerKeyMD5(settings.customerKeyMd5()));
    }

    /** Looks at the version itself, too: not every store heeds a condition on a deletion. */
    private void delete(ObjectRef object) {
        S3Head.of(client, settings, object);
        client.deleteObject(request -> request.bucket(object.bucket())
                .key(object.key())
                .ifMatch(S3ObjectStore.quoted(object.etag()))
                .requestPayer(settings.payer()));
    }

    private StoreException refused(ObjectRef object, SdkException e) {
        return failures.translate(
                "move " + object + " to " + prefix,
                "s3:GetObject, s3:PutObject and s3:DeleteObject on arn:aws:s3:::" + object.bucket() + "/*",
                e);
    }

    @Override
    public void close() {
        client.close();
    }
}
