package io.catalogconnect.s3csv.object.s3;

import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's failures in our terms: what can be tried again, and what a person has to do about the rest. */
final class S3Failures {

    private final S3Settings settings;

    S3Failures(S3Settings settings) {
        this.settings = settings;
    }

    /**
     * Translates.
     *
     * @param action what was tried, like {@code list s3://bucket/prefix}
     * @param permission what the caller must be allowed to do
     */
    StoreException translate(String action, String permission, SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            return answered(action, permission, answer);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("unable to load credentials")
                || message.contains("Profile file contained no credentials")) {
            return new StoreException(
                    "Cannot " + action
                            + ": no credentials were found. Give the worker credentials, or set s3.credentials to"
                            + " anonymous, static, profile or assume-role",
                    failure);
        }
        return new TransientStoreException("Cannot " + action + " at " + settings.place() + ": " + message, failure);
    }

    private StoreException answered(String action, String permission, AwsServiceException answer) {
        int status = answer.statusCode();
        String code = code(answer);
        String what = "Cannot " + action + " at " + settings.place() + ": the answer is " + status + " " + code + ". ";
        String actualRegion = header(answer, "x-amz-bucket-region");
        if (status == 301 || status == 307 || code.equals("AuthorizationHeaderMalformed")) {
            return new StoreException(
                    what + "The bucket is in another region. Set s3.region to "
                            + (actualRegion == null ? "the bucket's region" : actualRegion),
                    answer);
        }
        if (code.equals("NoSuchBucket") || (status == 404 && !code.equals("NoSuchKey"))) {
            return new StoreException(
                    what + "There is no bucket '" + settings.bucket() + "'. Correct s3.bucket or s3.endpoint", answer);
        }
        if (code.equals("InvalidAccessKeyId") || code.equals("SignatureDoesNotMatch")) {
            return new StoreException(
                    what + "The key is not known or its secret is wrong. Correct s3.access.key.id and"
                            + " s3.secret.access.key",
                    answer);
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return new StoreException(what + "The clock of this machine is wrong. Set it right", answer);
        }
        if (status == 403 || status == 401) {
            return new StoreException(
                    what + "These credentials may not do that. Allow " + permission + ", or correct s3.credentials",
                    answer);
        }
        if (status >= 500
                || status == 429
                || status == 408
                || code.equals("RequestTimeout")
                || code.equals("SlowDown")) {
            return new TransientStoreException(what + "The store is overloaded or not well", answer);
        }
        return new StoreException(what + String.valueOf(answer.getMessage()), answer);
    }

    private static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private static @Nullable String header(AwsServiceException answer, String name) {
        AwsErrorDetails details = answer.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return null;
        }
        return details.sdkHttpResponse().firstMatchingHeader(name).orElse(null);
    }
}
