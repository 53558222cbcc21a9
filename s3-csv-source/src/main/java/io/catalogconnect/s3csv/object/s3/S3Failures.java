package io.catalogconnect.s3csv.object.s3;

import io.catalogconnect.s3csv.object.MessageText;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.object.UnknownStoreHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** The SDK's failures in our terms: what can be tried again, and what a person has to do about the rest. */
final class S3Failures {

    /** XAdminUserNotFound is versitygw's answer, with status 404. */
    private static final Set<String> UNKNOWN_KEY =
            Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "XAdminUserNotFound");

    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]+)'");

    /** Number of characters of a server's answer in a message. */
    private static final int LONGEST_ANSWER = 1_000;

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
        if (failure instanceof StsException answer && settings.credentials() instanceof S3Credentials.AssumeRole role) {
            return roleRefused(action, role, answer);
        }
        if (failure instanceof AwsServiceException answer) {
            return answered(action, permission, answer);
        }
        String message = String.valueOf(failure.getMessage());
        if (settings.credentials() instanceof S3Credentials.Profile profile
                && message.contains("contained no credentials for profile")) {
            return new StoreException(
                    "Cannot " + action
                            + ": the AWS configuration files of the worker have no credentials for the profile '"
                            + profile.name() + "'. Correct s3.profile",
                    failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return new UnknownStoreHostException(
                        "Cannot " + action + " at " + settings.place() + ": the host '" + cause.getMessage()
                                + "' is not known. Correct s3.region or s3.endpoint, if it is not the network's name service",
                        failure);
            }
            if (cause instanceof SSLException && speaksNoTls(String.valueOf(cause.getMessage()))) {
                return new StoreException(
                        "Cannot " + action + " at " + settings.place()
                                + ": the server does not speak TLS. Write http:// instead of https:// in s3.endpoint, or use"
                                + " the server's TLS port",
                        failure);
            }
            if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
                return new StoreException(
                        "Cannot " + action + " at " + settings.place() + ": the server's certificate is not trusted ("
                                + cause.getMessage() + "). Import the certificate authority into the trust store of the"
                                + " worker's Java runtime, or correct the host in s3.endpoint",
                        failure);
            }
        }
        if (message.toLowerCase(Locale.ROOT).contains("unable to load credentials")
                || message.contains("Profile file contained no credentials")) {
            return new StoreException(
                    "Cannot " + action
                            + ": no credentials were found. Give the worker credentials, or set s3.credentials to"
                            + " anonymous, static, profile or assume-role",
                    failure);
        }
        return new TransientStoreException(
                "Cannot " + action + " at " + settings.place() + ": " + MessageText.of(message, LONGEST_ANSWER),
                failure);
    }

    /** The words of the JDK's TLS when the other side answers in plain text. */
    private static boolean speaksNoTls(String message) {
        return message.contains("Unsupported or unrecognized SSL message") || message.contains("plaintext connection");
    }

    private StoreException answered(String action, String permission, AwsServiceException answer) {
        int status = answer.statusCode();
        String code = code(answer);
        String what = "Cannot " + action + " at " + settings.place() + ": the answer is " + status + " " + code + ". ";
        String actualRegion = actualRegion(answer);
        if (status == 301
                || status == 307
                || code.equals("AuthorizationHeaderMalformed")
                || code.equals("IllegalLocationConstraintException")) {
            return new StoreException(
                    what + "The bucket is in another region. Set s3.region to "
                            + (actualRegion == null ? "the bucket's region" : actualRegion),
                    answer);
        }
        if (code.equals("NoSuchBucket")) {
            return new StoreException(
                    what + "There is no bucket '" + settings.bucket() + "'. Correct s3.bucket or s3.endpoint", answer);
        }
        if (UNKNOWN_KEY.contains(code)) {
            return new StoreException(
                    what + "The access key is unknown or its secret is wrong. Correct s3.access.key.id and"
                            + " s3.secret.access.key",
                    answer);
        }
        if (status == 404 && code.isEmpty()) {
            return new StoreException(
                    what
                            + "The server does not answer as S3 does. Correct s3.endpoint, or set s3.path.style=true if the"
                            + " server expects the bucket in the path",
                    answer);
        }
        if (code.equals("ExpiredToken") || code.equals("InvalidToken")) {
            return new StoreException(
                    what + "The session token has expired or is not known. Correct s3.session.token, or have the"
                            + " credentials of the worker renewed",
                    answer);
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return new StoreException(what + "The clock of this machine is wrong. Synchronize it", answer);
        }
        if (status == 403 || status == 401) {
            return new StoreException(
                    what + "These credentials may not do that. Allow " + permission + ", or correct s3.credentials",
                    answer);
        }
        if (isPassing(status, code)) {
            return new TransientStoreException(what + "S3 is overloaded or unavailable", answer);
        }
        return new StoreException(what + MessageText.of(String.valueOf(answer.getMessage()), LONGEST_ANSWER), answer);
    }

    /** It was not the bucket that refused. */
    private static StoreException roleRefused(String action, S3Credentials.AssumeRole role, StsException answer) {
        String code = code(answer);
        String what = "Cannot " + action + ": the request to assume the role " + role.roleArn() + " is answered with "
                + answer.statusCode() + " " + code + ". ";
        return isPassing(answer.statusCode(), code)
                ? new TransientStoreException(what + "The token service is overloaded or unavailable", answer)
                : new StoreException(
                        what + "Let the role's trust policy name the worker's own credentials and the external id, or"
                                + " correct s3.role.arn and s3.role.external.id",
                        answer);
    }

    private static boolean isPassing(int status, String code) {
        return status >= 500
                || status == 429
                || status == 408
                || code.equals("RequestTimeout")
                || code.equals("SlowDown")
                || code.equals("Throttling");
    }

    /** S3 says it in a header, or in the text of its answer. */
    private static @Nullable String actualRegion(AwsServiceException answer) {
        String region = header(answer, "x-amz-bucket-region");
        AwsErrorDetails details = answer.awsErrorDetails();
        if (region != null || details == null || details.errorMessage() == null) {
            return region;
        }
        Matcher expected = EXPECTED_REGION.matcher(details.errorMessage());
        return expected.find() ? expected.group(1) : null;
    }

    private static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : MessageText.of(code);
    }

    private static @Nullable String header(AwsServiceException answer, String name) {
        AwsErrorDetails details = answer.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return null;
        }
        return details.sdkHttpResponse().firstMatchingHeader(name).orElse(null);
    }
}
