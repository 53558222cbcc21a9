package io.catalogconnect.s3csv.object.s3;

import io.catalogconnect.s3csv.object.ContentEncoded;
import io.catalogconnect.s3csv.object.ObjectChangedException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of S3, or of a store that speaks like it. Tries each call once. Thread-safe. */
public final class S3ObjectStore implements ObjectStore {

    private final S3Settings settings;
    private final S3Client client;
    private final S3Failures failures;
    private final int pageSize;

    private S3ObjectStore(S3Settings settings, S3Client client, int pageSize) {
        this.settings = settings;
        this.client = client;
        this.failures = new S3Failures(settings);
        this.pageSize = pageSize;
    }

    /** Opens no connection yet. */
    public static S3ObjectStore open(S3Settings settings) {
        return open(settings, 1000);
    }

    /**
     * As {@link #open(S3Settings)}, with pages of another size.
     *
     * @param pageSize how many objects a listing's page has at most
     */
    public static S3ObjectStore open(S3Settings settings, int pageSize) {
        return new S3ObjectStore(settings, S3ClientFactory.client(settings), pageSize);
    }

    @Override
    public Page list(String prefix, @Nullable String continuation) throws StoreException {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(settings.bucket())
                .prefix(prefix)
                .maxKeys(pageSize)
                .encodingType(EncodingType.URL)
                .requestPayer(settings.payer());
        if (continuation != null) {
            request.continuationToken(continuation);
        }
        try {
            ListObjectsV2Response response = client.listObjectsV2(request.build());
            List<ObjectRef> objects = response.contents().stream()
                    .filter(S3ObjectStore::hasETag)
                    .map(this::ref)
                    .toList();
            String next = Boolean.TRUE.equals(response.isTruncated()) ? response.nextContinuationToken() : null;
            return new Page(objects, next);
        } catch (SdkException e) {
            throw failures.translate(
                    "list s3://" + settings.bucket() + "/" + prefix,
                    "s3:ListBucket on arn:aws:s3:::" + settings.bucket(),
                    e);
        }
    }

    /** A server over a folder may list an object whose ETag is not written yet; the next listing has it. */
    private static boolean hasETag(S3Object object) {
        return object.eTag() != null && !unquoted(object.eTag()).isEmpty();
    }

    private ObjectRef ref(S3Object object) {
        return new ObjectRef(
                settings.bucket(), object.key(), unquoted(object.eTag()), object.size(), object.lastModified());
    }

    /** As conditions of requests have it. */
    static String quoted(String etag) {
        return '"' + etag + '"';
    }

    private static String unquoted(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    @Override
    public InputStream open(ObjectRef object, long from) throws StoreException {
        if (from >= object.size()) {
            return InputStream.nullInputStream();
        }
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .ifMatch(quoted(object.etag()))
                .requestPayer(settings.payer())
                .sseCustomerAlgorithm(settings.customerAlgorithm())
                .sseCustomerKey(settings.customerKey())
                .sseCustomerKeyMD5(settings.customerKeyMd5());
        if (from > 0) {
            request.range("bytes=" + from + "-");
        }
        try {
            ResponseInputStream<GetObjectResponse> stream = client.getObject(request.build());
            if (from > 0 && stream.response().contentRange() == null) {
                stream.abort();
                throw new StoreException(
                        object + " was asked for from byte " + from + " and came from its start: the store at "
                                + settings.place() + " takes no ranges, which resuming needs",
                        null);
            }
            return new AbortingStream(stream);
        } catch (AwsServiceException e) {
            if (e.statusCode() == 412 || (e.statusCode() == 404 && isNoSuchKey(e))) {
                throw new ObjectChangedException(object, e);
            }
            throw failures.translate("read " + object, permission(object), e);
        } catch (SdkException e) {
            throw failures.translate("read " + object, permission(object), e);
        }
    }

    private static boolean isNoSuchKey(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && "NoSuchKey".equals(e.awsErrorDetails().errorCode());
    }

    private static String permission(ObjectRef object) {
        return "s3:GetObject on arn:aws:s3:::" + object.bucket() + "/" + object.key();
    }

    @Override
    public void close() {
        client.close();
    }

    /** Closing before the end drops the connection instead of reading the rest of a large object. */
    private static final class AbortingStream extends InputStream implements ContentEncoded {

        private final ResponseInputStream<GetObjectResponse> stream;
        private long left;

        AbortingStream(ResponseInputStream<GetObjectResponse> stream) {
            this.stream = stream;
            Long length = stream.response().contentLength();
            this.left = length == null ? Long.MAX_VALUE : length;
        }

        @Override
        public @Nullable String contentEncoding() {
            return stream.response().contentEncoding();
        }

        @Override
        public int read() throws IOException {
            int value = stream.read();
            left = value < 0 ? 0 : left - 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = stream.read(target, offset, length);
            left = count < 0 ? 0 : left - count;
            return count;
        }

        @Override
        public void close() throws IOException {
            if (left <= 0) {
                stream.close();
            } else {
                stream.abort();
            }
        }
    }
}
