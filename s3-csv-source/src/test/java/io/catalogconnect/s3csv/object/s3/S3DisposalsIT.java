package io.catalogconnect.s3csv.object.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.object.ObjectDisposal;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.s3.RecordingServer.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clean-up changes only the version that was read, even if the object is overwritten during it. */
class S3DisposalsIT {

    private static final String COPIED = "<CopyObjectResult><ETag>\"e1\"</ETag></CopyObjectResult>";

    private final RecordingServer server = new RecordingServer();

    S3DisposalsIT() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void moveCopiesTheVersionAndDeletesItUnderItsOldKey() throws StoreException {
        server.then(200, COPIED).then(200, "").then(204, "");

        assertThat(dispose(S3Move.open(settings(null), "done/"), 3)).isTrue();

        assertThat(server.requests())
                .extracting(Request::line)
                .containsExactly("PUT /catalog/done/in/a.csv", "HEAD /catalog/in/a.csv", "DELETE /catalog/in/a.csv");
        assertThat(server.requests().get(0).header("x-amz-copy-source")).isEqualTo("catalog/in/a.csv");
        assertThat(server.requests().get(0).header("x-amz-copy-source-if-match"))
                .isEqualTo("\"e1\"");
        assertThat(server.requests().get(1).header("If-Match")).isEqualTo("\"e1\"");
        assertThat(server.requests().get(2).header("If-Match")).isEqualTo("\"e1\"");
        assertThat(server.requests())
                .allSatisfy(request ->
                        assertThat(request.header("x-amz-request-payer")).isEqualTo("requester"));
    }

    @Test
    void moveOfACustomerEncryptedObjectSendsTheKeyForSourceAndTarget() throws StoreException {
        server.then(200, COPIED).then(200, "").then(204, "");

        dispose(S3Move.open(settings("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="), "done/"), 3);

        assertThat(server.requests().get(0).header("x-amz-copy-source-server-side-encryption-customer-algorithm"))
                .isEqualTo("AES256");
        assertThat(server.requests().get(0).header("x-amz-server-side-encryption-customer-key-MD5"))
                .isEqualTo("KYvwGXoFFJ42a2u2GDWhwQ==");
        assertThat(server.requests().get(1).header("x-amz-server-side-encryption-customer-algorithm"))
                .isEqualTo("AES256");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void objectThatIsOverwrittenInTheMeantimeIsKept(int step) throws StoreException {
        for (int i = 0; i < step; i++) {
            server.then(200, i == 0 ? COPIED : "");
        }
        server.then(412, step == 1 ? "" : "<Error><Code>PreconditionFailed</Code></Error>");

        assertThat(dispose(S3Move.open(settings(null), "done/"), 3)).isFalse();

        assertThat(server.requests()).hasSize(step + 1);
    }

    @Test
    void objectTooLargeForOneCopyRequestIsNotCopied() throws StoreException {
        assertThat(dispose(S3Move.open(settings(null), "done/"), 5L * 1024 * 1024 * 1024 + 1))
                .isFalse();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void moveThatIsNotAllowedNamesThePermission() {
        server.then(403, "<Error><Code>AccessDenied</Code></Error>");

        assertThatThrownBy(() -> dispose(S3Move.open(settings(null), "done/"), 3))
                .isInstanceOf(StoreException.class)
                .hasMessage("Cannot move s3://catalog/in/a.csv to done/ at " + server.endpoint() + ": the answer is 403"
                        + " AccessDenied. These credentials may not do that. Allow s3:GetObject, s3:PutObject and"
                        + " s3:DeleteObject on arn:aws:s3:::catalog/*, or correct s3.credentials");
    }

    @Test
    void tagIsAddedToTheVersionAndTheOtherTagsStay() throws StoreException {
        server.then(200, Map.of("x-amz-version-id", "v7"), "")
                .then(200, tags("team", "a", "state", "new"))
                .then(200, "");

        assertThat(dispose(S3Tag.open(settings(null), "state", "done"), 3)).isTrue();

        assertThat(server.requests())
                .extracting(Request::line)
                .containsExactly(
                        "HEAD /catalog/in/a.csv",
                        "GET /catalog/in/a.csv?tagging&versionId=v7",
                        "PUT /catalog/in/a.csv?tagging&versionId=v7");
        assertThat(server.requests().get(0).header("If-Match")).isEqualTo("\"e1\"");
        assertThat(server.requests().get(2).body())
                .contains("<Key>team</Key><Value>a</Value>", "<Key>state</Key><Value>done</Value>")
                .doesNotContain("new");
    }

    @Test
    void existingTagIsNotSetAgain() throws StoreException {
        server.then(200, "").then(200, tags("state", "done", "team", "a"));

        assertThat(dispose(S3Tag.open(settings(null), "state", "done"), 3)).isTrue();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void versionThatArrivesDuringTaggingLosesTheTag() throws StoreException {
        server.then(200, "")
                .then(200, tags("team", "a", "x", "y"))
                .then(200, "")
                .then(412, "")
                .then(200, tags("team", "a", "state", "done"))
                .then(200, "");

        assertThat(dispose(S3Tag.open(settings(null), "state", "done"), 3)).isFalse();

        assertThat(server.requests()).hasSize(6);
        assertThat(server.requests().get(5).line()).isEqualTo("PUT /catalog/in/a.csv?tagging");
        assertThat(server.requests().get(5).body())
                .contains("<Key>team</Key><Value>a</Value>")
                .doesNotContain("state");
    }

    @Test
    void anotherVersionGetsNoTag() throws StoreException {
        server.then(412, "");

        assertThat(dispose(S3Tag.open(settings(null), "state", "done"), 3)).isFalse();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void tagThatIsNotAllowedNamesThePermission() {
        server.then(200, "").then(403, "<Error><Code>AccessDenied</Code></Error>");

        assertThatThrownBy(() -> dispose(S3Tag.open(settings(null), "state", "done"), 3))
                .isInstanceOf(StoreException.class)
                .hasMessage("Cannot tag s3://catalog/in/a.csv at " + server.endpoint() + ": the answer is 403"
                        + " AccessDenied. These credentials may not do that. Allow s3:GetObject, s3:GetObjectTagging and"
                        + " s3:PutObjectTagging on arn:aws:s3:::catalog/*, or correct s3.credentials");
    }

    private static String tags(String firstKey, String firstValue, String secondKey, String secondValue) {
        return "<Tagging><TagSet><Tag><Key>" + firstKey + "</Key><Value>" + firstValue + "</Value></Tag><Tag><Key>"
                + secondKey + "</Key><Value>" + secondValue + "</Value></Tag></TagSet></Tagging>";
    }

    private static boolean dispose(ObjectDisposal disposal, long size) throws StoreException {
        try (disposal) {
            return disposal.dispose(
                    new ObjectRef("catalog", "in/a.csv", "e1", size, Instant.parse("2026-02-01T00:00:00Z")));
        }
    }

    private S3Settings settings(@Nullable String customerKey) {
        return new S3Settings(
                "catalog",
                "us-east-1",
                URI.create(server.endpoint()),
                true,
                new S3Credentials.Anonymous(),
                true,
                customerKey,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
    }
}
