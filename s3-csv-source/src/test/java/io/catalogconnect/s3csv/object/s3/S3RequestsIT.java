package io.catalogconnect.s3csv.object.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.object.s3.RecordingServer.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of S3, and in whose name. */
class S3RequestsIT {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String NO_OBJECTS = listing("");
    private static final ObjectRef OBJECT =
            new ObjectRef("catalog", "in/a.csv", "e1", 3, Instant.parse("2026-02-01T00:00:00Z"));

    private final RecordingServer server = new RecordingServer();
    private final Map<String, @Nullable String> formerProperties = new HashMap<>();

    @TempDir
    Path directory;

    S3RequestsIT() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
        formerProperties.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void readNamesTheVersionAndTheFirstByte() throws IOException {
        server.then(206, Map.of("Content-Range", "bytes 1-2/3"), "bc");

        try (S3ObjectStore store = S3ObjectStore.open(settings(new S3Credentials.Anonymous(), false, null));
                InputStream in = store.open(OBJECT, 1)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("bc");
        }

        Request request = server.requests().get(0);
        assertThat(request.line()).isEqualTo("GET /catalog/in/a.csv");
        assertThat(request.header("If-Match")).isEqualTo("\"e1\"");
        assertThat(request.header("Range")).isEqualTo("bytes=1-");
        assertThat(request.header("Authorization")).isNull();
        assertThat(request.header("x-amz-request-payer")).isNull();
        assertThat(request.header("x-amz-server-side-encryption-customer-key")).isNull();
    }

    @Test
    void readOfACustomerEncryptedObjectSendsTheKeyAndItsChecksum() throws IOException {
        server.then(200, "abc");

        try (S3ObjectStore store = S3ObjectStore.open(settings(new S3Credentials.Anonymous(), false, KEY));
                InputStream in = store.open(OBJECT, 0)) {
            assertThat(in.readAllBytes()).hasSize(3);
        }

        Request request = server.requests().get(0);
        assertThat(request.header("x-amz-server-side-encryption-customer-algorithm"))
                .isEqualTo("AES256");
        assertThat(request.header("x-amz-server-side-encryption-customer-key")).isEqualTo(KEY);
        assertThat(request.header("x-amz-server-side-encryption-customer-key-MD5"))
                .isEqualTo("KYvwGXoFFJ42a2u2GDWhwQ==");
    }

    @Test
    void listingAndReadingARequesterPaysBucketSendTheAgreementToPay() throws IOException {
        server.then(200, NO_OBJECTS).then(200, "abc");

        try (S3ObjectStore store = S3ObjectStore.open(settings(new S3Credentials.Anonymous(), true, null))) {
            store.list("in/", "token");
            store.open(OBJECT, 0).close();
        }

        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.header("x-amz-request-payer")).isEqualTo("requester"));
        assertThat(server.requests().get(0).line()).contains("list-type=2", "prefix=in%2F", "continuation-token=token");
    }

    /** XML cannot contain control characters, so one such key would make the whole answer unreadable. */
    @ParameterizedTest
    @CsvSource({
        "<EncodingType>url</EncodingType>, in%2Fa%01b%0A+c%2B%C3%A9.csv, 'in/a\u0001b\n c+\u00e9.csv'",
        "<EncodingType>url</EncodingType>, in%2F100%25.csv, in/100%.csv",
        "'', in/a+b%20c.csv, in/a+b%20c.csv"
    })
    void listingAsksForEncodedKeysAndDecodesThem(String encoding, String listed, String key) throws IOException {
        server.then(
                200,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><IsTruncated>false</IsTruncated>"
                        + encoding
                        + "<Contents><Key>" + listed
                        + "</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>\"e\"</ETag><Size>1</Size>"
                        + "</Contents></ListBucketResult>");

        try (S3ObjectStore store = S3ObjectStore.open(settings(new S3Credentials.Anonymous(), false, null))) {
            assertThat(store.list("in/", null).objects())
                    .extracting(ObjectRef::key)
                    .containsExactly(key);
        }
        assertThat(server.requests().get(0).line()).contains("encoding-type=url");
    }

    /** A server over a folder may list an object before it has written the object's ETag. */
    @ParameterizedTest
    @ValueSource(strings = {"", "<ETag></ETag>", "<ETag>\"\"</ETag>"})
    void objectWithoutAnETagWaitsForTheNextListing(String etag) throws StoreException {
        server.then(200, listing(listed("in/a.csv", "<ETag>\"e1\"</ETag>") + listed("in/b.csv", etag)))
                .then(200, listing(listed("in/b.csv", "<ETag>\"e2\"</ETag>")));

        try (S3ObjectStore store = S3ObjectStore.open(settings(new S3Credentials.Anonymous(), false, null))) {
            assertThat(store.list("in/", null).objects())
                    .extracting(ObjectRef::key, ObjectRef::etag)
                    .containsExactly(tuple("in/a.csv", "e1"));
            assertThat(store.list("in/", null).objects())
                    .extracting(ObjectRef::key, ObjectRef::etag)
                    .containsExactly(tuple("in/b.csv", "e2"));
        }
    }

    @Test
    void temporaryStaticCredentialsCarryTheirToken() throws StoreException {
        server.then(200, NO_OBJECTS);

        list(new S3Credentials.Static("AKIDSTATIC", "secret", "session"));

        Request request = server.requests().get(0);
        assertThat(request.header("Authorization")).contains("Credential=AKIDSTATIC/", "/us-east-1/s3/aws4_request");
        assertThat(request.header("X-Amz-Security-Token")).isEqualTo("session");
    }

    @Test
    void profileIsLookedUpByItsName() throws IOException {
        Path file = directory.resolve("credentials");
        Files.writeString(file, """
                [default]
                aws_access_key_id=AKIDDEFAULT
                aws_secret_access_key=x
                [reader]
                aws_access_key_id=AKIDREADER
                aws_secret_access_key=y
                """);
        set("aws.sharedCredentialsFile", file.toString());
        server.then(200, NO_OBJECTS);

        list(new S3Credentials.Profile("reader"));

        assertThat(server.requests().get(0).header("Authorization")).contains("Credential=AKIDREADER/");
    }

    @Test
    void roleIsAssumedWithItsExternalIdAndItsCredentialsAreUsed() throws StoreException {
        set("aws.accessKeyId", "AKIDBASE");
        set("aws.secretAccessKey", "base");
        set("aws.endpointUrlSts", server.endpoint());
        server.then(
                        200,
                        Map.of("Content-Type", "text/xml"),
                        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
                                + "<Credentials><AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>r</SecretAccessKey>"
                                + "<SessionToken>role-session</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>"
                                + "</Credentials></AssumeRoleResult></AssumeRoleResponse>")
                .then(200, NO_OBJECTS);

        list(new S3Credentials.AssumeRole("arn:aws:iam::1:role/reader", "42", "catalog-connect"));

        Request taken = server.requests().get(0);
        assertThat(taken.header("Authorization")).contains("Credential=AKIDBASE/", "/us-east-1/sts/aws4_request");
        assertThat(taken.body())
                .contains(
                        "Action=AssumeRole",
                        "RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Freader",
                        "ExternalId=42",
                        "RoleSessionName=catalog-connect");
        Request listing = server.requests().get(1);
        assertThat(listing.header("Authorization")).contains("Credential=AKIDROLE/");
        assertThat(listing.header("X-Amz-Security-Token")).isEqualTo("role-session");
    }

    @Test
    void roleThatMayNotBeAssumedIsNotReportedAsAForbiddenBucket() {
        set("aws.accessKeyId", "AKIDBASE");
        set("aws.secretAccessKey", "base");
        set("aws.endpointUrlSts", server.endpoint());
        server.then(
                403,
                Map.of("Content-Type", "text/xml"),
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                        + "<Code>AccessDenied</Code><Message>Not authorized</Message></Error></ErrorResponse>");

        assertThatThrownBy(
                        () -> list(new S3Credentials.AssumeRole("arn:aws:iam::1:role/reader", "43", "catalog-connect")))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage(
                        "Cannot list s3://catalog/: the request to assume the role arn:aws:iam::1:role/reader is answered with 403"
                                + " AccessDenied. Let the role's trust policy name the worker's own credentials and the external"
                                + " id, or correct s3.role.arn and s3.role.external.id");
    }

    @Test
    void unavailableTokenServiceIsATransientError() {
        set("aws.accessKeyId", "AKIDBASE");
        set("aws.secretAccessKey", "base");
        set("aws.endpointUrlSts", server.endpoint());
        server.then(503, "");

        assertThatThrownBy(() -> list(new S3Credentials.AssumeRole("arn:aws:iam::1:role/reader", null, "c")))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageStartingWith(
                        "Cannot list s3://catalog/: the request to assume the role arn:aws:iam::1:role/reader is"
                                + " answered with 503");
    }

    @Test
    void missingProfileIsNamed() throws IOException {
        Path file = directory.resolve("credentials");
        Files.writeString(file, "[default]\naws_access_key_id=a\naws_secret_access_key=b\n");
        set("aws.sharedCredentialsFile", file.toString());
        set("aws.configFile", directory.resolve("config").toString());

        assertThatThrownBy(() -> list(new S3Credentials.Profile("raeder")))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage(
                        "Cannot list s3://catalog/: the AWS configuration files of the worker have no credentials for"
                                + " the profile 'raeder'. Correct s3.profile");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            301 | eu-north-1 | PermanentRedirect | The bucket you are attempting to access must be addressed using the specified endpoint.
            400 | ''         | AuthorizationHeaderMalformed | The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-north-1'
            """)
    void bucketInAnotherRegionIsReportedWithItsRegion(int status, String header, String code, String message) {
        server.then(
                status,
                header.isEmpty() ? Map.of() : Map.of("x-amz-bucket-region", header),
                "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");

        assertThatThrownBy(() -> list(new S3Credentials.Anonymous()))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Cannot list s3://catalog/ at " + server.endpoint() + ": the answer is " + status + " "
                        + code + ". The bucket is in another region. Set s3.region to eu-north-1");
    }

    private static String listing(String objects) {
        return "<ListBucketResult><IsTruncated>false</IsTruncated>" + objects + "</ListBucketResult>";
    }

    private static String listed(String key, String etag) {
        return "<Contents><Key>" + key + "</Key><LastModified>2026-02-01T00:00:00.000Z</LastModified>" + etag
                + "<Size>3</Size></Contents>";
    }

    private void list(S3Credentials credentials) throws StoreException {
        try (S3ObjectStore store = S3ObjectStore.open(settings(credentials, false, null))) {
            assertThat(store.list("", null).objects()).isEmpty();
        }
    }

    private S3Settings settings(S3Credentials credentials, boolean requesterPays, @Nullable String customerKey) {
        return new S3Settings(
                "catalog",
                "us-east-1",
                URI.create(server.endpoint()),
                true,
                credentials,
                requesterPays,
                customerKey,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
    }

    private void set(String property, String value) {
        formerProperties.put(property, System.setProperty(property, value));
    }
}
