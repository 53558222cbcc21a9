package io.catalogconnect.s3csv.object.s3;

import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Puts an object away by a tag, for a lifecycle rule of the bucket to act on. The other tags stay. In a bucket with versions it
 * is the version that gets the tag; in one without, S3 has no condition on tagging: a version that overwrites the object in that
 * very moment is found out afterwards, and its tag is taken away again.
 */
public final class S3Tag implements ObjectDisposal {

    private static final Logger log = LoggerFactory.getLogger(S3Tag.class);

    private final S3Settings settings;
    private final S3Client client;
    private final S3Failures failures;
    private final Tag tag;

    private S3Tag(S3Settings settings, S3Client client, Tag tag) {
        this.settings = settings;
        this.client = client;
        this.failures = new S3Failures(settings);
        this.tag = tag;
    }

    /** Opens no connection yet. */
    public static S3Tag open(S3Settings settings, String key, String value) {
        return new S3Tag(
                settings,
                S3ClientFactory.client(settings),
                Tag.builder().key(key).value(value).build());
    }

    @Override
    public boolean dispose(ObjectRef object) throws StoreException {
        try {
            String version = versionOf(object);
            List<Tag> tags = tags(object, version);
            if (tags.contains(tag)) {
                return true;
            }
            tags.removeIf(other -> other.key().equals(tag.key()));
            tags.add(tag);
            put(object, version, tags);
            return version != null || isStillThere(object);
        } catch (AwsServiceException e) {
            if (e.statusCode() == 412 || e.statusCode() == 404) {
                log.info("{} gets no tag: it is another version now", object);
                return false;
            }
            throw refused(object, e);
        } catch (SdkException e) {
            throw refused(object, e);
        }
    }

    /** The id of the version, null in a bucket that keeps none. */
    private @Nullable String versionOf(ObjectRef object) {
        return S3Head.of(client, settings, object).versionId();
    }

    private boolean isStillThere(ObjectRef object) {
        try {
            S3Head.of(client, settings, object);
            return true;
        } catch (AwsServiceException e) {
            if (e.statusCode() != 412) {
                throw e;
            }
            List<Tag> tags = tags(object, null);
            tags.remove(tag);
            put(object, null, tags);
            return false;
        }
    }

    private List<Tag> tags(ObjectRef object, @Nullable String version) {
        return new ArrayList<>(client.getObjectTagging(request -> request.bucket(object.bucket())
                        .key(object.key())
                        .versionId(version)
                        .requestPayer(settings.payer()))
                .tagSet());
    }

    private void put(ObjectRef object, @Nullable String version, List<Tag> tags) {
        client.putObjectTagging(request -> request.bucket(object.bucket())
                .key(object.key())
                .versionId(version)
                .requestPayer(settings.payer())
                .tagging(tagging -> tagging.tagSet(tags)));
    }

    private StoreException refused(ObjectRef object, SdkException e) {
        return failures.translate(
                "tag " + object,
                "s3:GetObject, s3:GetObjectTagging and s3:PutObjectTagging on arn:aws:s3:::" + object.bucket() + "/*",
                e);
    }

    @Override
    public void close() {
        client.close();
    }
}
