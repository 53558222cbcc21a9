package io.catalogconnect.s3csv.object.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {

    private final S3Failures failures = new S3Failures(new S3Settings(
            "b",
            "eu-west-1",
            null,
            false,
            new S3Credentials.Default(),
            false,
            null,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | InternalError    | true
            503 | SlowDown         | true
            429 | TooManyRequests  | true
            408 | RequestTimeout   | true
            400 | RequestTimeout   | true
            400 | SlowDown         | true
            400 | InvalidArgument  | false
            403 | AccessDenied     | false
            404 | NoSuchBucket     | false
            301 | PermanentRedirect| false
            """)
    void onlyFailuresInPassingAreTriedAgain(int status, String code, boolean passing) {
        assertThat(failures.translate("list s3://b/", "s3:ListBucket", answer(status, code, null)))
                .isInstanceOf(passing ? TransientStoreException.class : StoreException.class)
                .satisfies(failure ->
                        assertThat(failure instanceof TransientStoreException).isEqualTo(passing));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            301 | PermanentRedirect | eu-north-1 | the answer is 301 PermanentRedirect. The bucket is in another region. Set s3.region to eu-north-1
            400 | AuthorizationHeaderMalformed | | the answer is 400 AuthorizationHeaderMalformed. The bucket is in another region. Set s3.region to the bucket's region
            404 | NoSuchBucket      |  | the answer is 404 NoSuchBucket. There is no bucket 'b'. Correct s3.bucket or s3.endpoint
            403 | AccessDenied      |  | the answer is 403 AccessDenied. These credentials may not do that. Allow s3:ListBucket, or correct s3.credentials
            401 | Unauthorized      |  | the answer is 401 Unauthorized. These credentials may not do that. Allow s3:ListBucket, or correct s3.credentials
            403 | InvalidAccessKeyId |  | the answer is 403 InvalidAccessKeyId. The access key is unknown or its secret is wrong. Correct s3.access.key.id and s3.secret.access.key
            404 | XAdminUserNotFound |  | the answer is 404 XAdminUserNotFound. The access key is unknown or its secret is wrong. Correct s3.access.key.id and s3.secret.access.key
            404 | ''                |  | the answer is 404 . The server does not answer as S3 does. Correct s3.endpoint, or set s3.path.style=true if the server expects the bucket in the path
            404 | NoSuchUpload      |  | the answer is 404 NoSuchUpload. (Service: null, Status Code: 404, Request ID: null)
            400 | ExpiredToken      |  | the answer is 400 ExpiredToken. The session token has expired or is not known. Correct s3.session.token, or have the credentials of the worker renewed
            400 | IllegalLocationConstraintException | me-south-1 | the answer is 400 IllegalLocationConstraintException. The bucket is in another region. Set s3.region to me-south-1
            403 | RequestTimeTooSkewed |  | the answer is 403 RequestTimeTooSkewed. The clock of this machine is wrong. Synchronize it
            """)
    void adviceIsGiven(int status, String code, @Nullable String region, String message) {
        assertThat(failures.translate("list s3://b/", "s3:ListBucket", answer(status, code, region)))
                .hasMessage("Cannot list s3://b/ at AWS eu-west-1: " + message);
    }

    @Test
    void missingCredentialsAreNoOutage() {
        assertThat(failures.translate(
                        "list s3://b/",
                        "s3:ListBucket",
                        SdkClientException.create("Unable to load credentials from any of the providers in the chain")))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Cannot list s3://b/: no credentials were found. Give the worker credentials, or set"
                        + " s3.credentials to anonymous, static, profile or assume-role");
    }

    @Test
    void connectionThatFailsIsAnOutage() {
        assertThat(failures.translate("list s3://b/", "s3:ListBucket", SdkClientException.create("Connection refused")))
                .isInstanceOf(TransientStoreException.class)
                .hasMessage("Cannot list s3://b/ at AWS eu-west-1: Connection refused");
    }

    @ParameterizedTest
    @MethodSource
    void tlsFailureThatCannotHealIsFinal(Throwable cause, String message) {
        assertThat(failures.translate(
                        "list s3://b/",
                        "s3:ListBucket",
                        SdkClientException.create("Unable to execute HTTP request", cause)))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Cannot list s3://b/ at AWS eu-west-1: " + message);
    }

    static Stream<Arguments> tlsFailureThatCannotHealIsFinal() {
        return Stream.of(
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "the server does not speak TLS. Write http:// instead of https:// in s3.endpoint, or use the"
                                + " server's TLS port"),
                Arguments.of(
                        new SSLHandshakeException("PKIX path building failed")
                                .initCause(new CertPathBuilderException("unable to find valid certification path")),
                        "the server's certificate is not trusted (unable to find valid certification path). Import the"
                                + " certificate authority into the trust store of the worker's Java runtime, or correct"
                                + " the host in s3.endpoint"),
                Arguments.of(
                        new SSLHandshakeException("No name matching h found")
                                .initCause(new CertificateException("No name matching h found")),
                        "the server's certificate is not trusted (No name matching h found). Import the certificate"
                                + " authority into the trust store of the worker's Java runtime, or correct the host in"
                                + " s3.endpoint"));
    }

    @Test
    void handshakeThatTheServerBreaksOffIsTriedAgain() {
        assertThat(failures.translate(
                        "list s3://b/",
                        "s3:ListBucket",
                        SdkClientException.create(
                                "Unable to execute HTTP request",
                                new SSLHandshakeException("Remote host terminated the handshake"))))
                .isInstanceOf(TransientStoreException.class);
    }

    @Test
    void settingsShowNoSecret() {
        assertThat(new S3Settings(
                                "b",
                                "r",
                                URI.create("http://h"),
                                true,
                                new S3Credentials.Static("a", "s", "t"),
                                true,
                                "key",
                                Duration.ZERO,
                                Duration.ZERO)
                        .toString())
                .isEqualTo("s3://b at http://h");
    }

    @Test
    void everyKindOfCredentialsCreatesAClient() {
        for (S3Credentials credentials : new S3Credentials[] {
            new S3Credentials.Default(),
            new S3Credentials.Anonymous(),
            new S3Credentials.Static("a", "s", null),
            new S3Credentials.Static("a", "s", "t"),
            new S3Credentials.Profile("p"),
            new S3Credentials.AssumeRole("arn:aws:iam::1:role/r", null, "s")
        }) {
            S3Settings settings = new S3Settings(
                    "b", "r", null, false, credentials, false, null, Duration.ofSeconds(1), Duration.ofSeconds(1));
            try (S3ObjectStore store = S3ObjectStore.open(settings)) {
                assertThat(store).isNotNull();
            }
        }
    }

    private static S3Exception answer(int status, String code, @Nullable String region) {
        SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
        if (region != null) {
            response.putHeader("x-amz-bucket-region", region);
        }
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .sdkHttpResponse(response.build())
                        .build())
                .build();
    }
}
