package io.catalogconnect.bigquery.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.catalogconnect.bigquery.commit.AppendAnswer;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import io.catalogconnect.bigquery.commit.TableUnknownException;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorTranslatorTest {

    @Test
    void offsetErrorContainsTheStreamEnd() {
        assertThat(ErrorTranslator.answer(status(
                        Code.ALREADY_EXISTS,
                        "The offset is within stream, expected offset 12, received 0",
                        StorageErrorCode.OFFSET_ALREADY_EXISTS)))
                .isEqualTo(new AppendAnswer.BelowEnd(12));
        assertThat(ErrorTranslator.answer(status(
                        Code.OUT_OF_RANGE,
                        "The offset is beyond stream, expected offset 0, received 10",
                        StorageErrorCode.OFFSET_OUT_OF_RANGE)))
                .isEqualTo(new AppendAnswer.AboveEnd(0));
        assertThat(ErrorTranslator.answer(status(Code.ALREADY_EXISTS, "expected offset 3, received 0")))
                .isEqualTo(new AppendAnswer.BelowEnd(3));
        assertThat(ErrorTranslator.answer(status(Code.OUT_OF_RANGE, "expected offset 3, received 9")))
                .isEqualTo(new AppendAnswer.AboveEnd(3));
    }

    @Test
    void unreadableOffsetErrorLeavesTheFateUnknown() {
        assertThat(ErrorTranslator.answer(status(Code.OUT_OF_RANGE, "no idea")))
                .isEqualTo(new AppendAnswer.StreamClosed("OUT_OF_RANGE: no idea"));
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageErrorCode.class,
            names = {"STREAM_FINALIZED", "STREAM_NOT_FOUND", "INVALID_STREAM_STATE", "STREAM_ALREADY_COMMITTED"})
    void streamThatAcceptsNoRowsIsClosed(StorageErrorCode code) {
        assertThat(ErrorTranslator.answer(status(Code.INVALID_ARGUMENT, "x", code)))
                .isEqualTo(new AppendAnswer.StreamClosed("INVALID_ARGUMENT: x"));
    }

    @Test
    void closedStreamIsRecognizedByTheErrorText() {
        assertThat(ErrorTranslator.answer(status(Code.INVALID_ARGUMENT, "Stream has been finalized and cannot be")))
                .isInstanceOf(AppendAnswer.StreamClosed.class);
        assertThat(ErrorTranslator.answer(status(Code.NOT_FOUND, "gone")))
                .isInstanceOf(AppendAnswer.StreamClosed.class);
    }

    @Test
    void unknownColumnIsRetried() {
        assertThat(ErrorTranslator.answer(status(
                        Code.INVALID_ARGUMENT,
                        "Input schema has more fields than BigQuery schema",
                        StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS)))
                .isEqualTo(new AppendAnswer.SchemaUnknown(
                        "INVALID_ARGUMENT: Input schema has more fields than BigQuery schema"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Code.class,
            names = {
                "UNAVAILABLE",
                "ABORTED",
                "INTERNAL",
                "CANCELLED",
                "DEADLINE_EXCEEDED",
                "RESOURCE_EXHAUSTED",
                "UNKNOWN"
            })
    void troubleOfTheServiceIsTriedAgain(Code code) {
        StatusRuntimeException failure = code.toStatus().withDescription("x").asRuntimeException();

        assertThat(ErrorTranslator.answer(failure)).isEqualTo(new AppendAnswer.Unavailable(code + ": x"));
        assertThat(ErrorTranslator.exception("doing y", failure))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessage("doing y: " + code + ": x");
    }

    @Test
    void invalidRequestIsAPermanentError() {
        assertThat(ErrorTranslator.answer(
                        status(Code.INVALID_ARGUMENT, "bad descriptor", StorageErrorCode.INVALID_CMEK_PROVIDED)))
                .isEqualTo(new AppendAnswer.Refused("INVALID_ARGUMENT: bad descriptor"));
        assertThat(ErrorTranslator.answer(status(Code.FAILED_PRECONDITION, "x")))
                .isEqualTo(new AppendAnswer.Refused("FAILED_PRECONDITION: x"));
        assertThat(ErrorTranslator.answer(status(Code.PERMISSION_DENIED, "no.")))
                .isEqualTo(new AppendAnswer.Refused(
                        "PERMISSION_DENIED: no. Grant the connector's account roles/bigquery.dataEditor on the"
                                + " dataset."));
        assertThat(ErrorTranslator.exception("creating a stream", refused(Code.PERMISSION_DENIED, "no")))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("creating a stream: PERMISSION_DENIED: no. Grant the connector's account"
                        + " roles/bigquery.dataEditor on the dataset.");
        assertThat(ErrorTranslator.exception("creating a stream", refused(Code.NOT_FOUND, "no")))
                .hasMessage("creating a stream: NOT_FOUND: no. Check that dataset and table exist.");
        assertThat(ErrorTranslator.exception("creating a stream", refused(Code.INVALID_ARGUMENT, "no")))
                .hasMessage("creating a stream: INVALID_ARGUMENT: no");
    }

    @Test
    void tableThatMayNotExistIsUnknown() {
        String text = "Permission denied on table t (or it may not exist).";
        assertThat(ErrorTranslator.answer(status(Code.PERMISSION_DENIED, text)))
                .isEqualTo(new AppendAnswer.TableUnknown("PERMISSION_DENIED: " + text));
        assertThat(ErrorTranslator.exception("creating a stream", refused(Code.PERMISSION_DENIED, text)))
                .isInstanceOf(TableUnknownException.class);
    }

    @Test
    void wrappedExceptionsAreUnwrapped() {
        Throwable wrapped = new CompletionException(ApiExceptionFactory.createException(
                refused(Code.NOT_FOUND, "gone"), GrpcStatusCode.of(Code.NOT_FOUND), false));
        assertThat(ErrorTranslator.streamIsGone(wrapped)).isTrue();
        assertThat(ErrorTranslator.streamIsGone(refused(Code.UNAVAILABLE, "x"))).isFalse();
        assertThat(ErrorTranslator.streamIsGone(new IllegalStateException())).isFalse();
        assertThat(ErrorTranslator.answer(new IllegalStateException("x")))
                .isEqualTo(new AppendAnswer.Unavailable("java.lang.IllegalStateException: x"));
        assertThat(ErrorTranslator.exception("y", new IllegalStateException("x")))
                .isInstanceOf(ServiceUnavailableException.class);
        ServiceRefusedException ours = new ServiceRefusedException("x", null);
        assertThat(ErrorTranslator.exception("y", new CompletionException(ours)))
                .isSameAs(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "503, backendError, true",
        "500, internalError, true",
        "429, x, true",
        "408, x, true",
        "403, rateLimitExceeded, true",
        "403, quotaExceeded, true",
        "0, x, true",
        "400, invalidQuery, false",
        "403, accessDenied, false",
        "404, notFound, false"
    })
    void restErrorsAreTriedAgainOrFinal(int code, String reason, boolean again) {
        RuntimeException translated = ErrorTranslator.exception("asking", rest(code, reason, "text"));

        assertThat(translated).isInstanceOf(again ? ServiceUnavailableException.class : ServiceRefusedException.class);
    }

    @Test
    void permanentRestErrorNamesTheFix() {
        assertThat(ErrorTranslator.exception("reading table p.d.t", rest(404, "notFound", "Not found: Dataset p:d")))
                .hasMessage("reading table p.d.t: 404 notFound: Not found: Dataset p:d. Create the dataset, or correct"
                        + " bigquery.project, bigquery.dataset and bigquery.location.");
        assertThat(ErrorTranslator.exception("reading table p.d.t", rest(403, "accessDenied", "no")))
                .hasMessage("reading table p.d.t: 403 accessDenied: no. Grant the connector's account"
                        + " roles/bigquery.dataEditor on the dataset and roles/bigquery.jobUser on the project.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Access Denied: Project p: User does not have bigquery.jobs.create permission in project p.                                    | bigquery.jobs.create on the project, for example with roles/bigquery.jobUser.
            Access Denied: Dataset p:d: Permission bigquery.tables.create denied on dataset p:d (or it may not exist).                    | bigquery.tables.create on the dataset, for example with roles/bigquery.dataEditor.
            Access Denied: Table p:d.t: Permission bigquery.tables.setCategory denied on table p:d.t (or it may not exist).               | bigquery.tables.setCategory on the dataset, for example with roles/bigquery.dataOwner.
            Access Denied: Table p:d.t: User does not have permission to query table p:d.t, or perhaps it does not exist in location US. | bigquery.tables.getData on the dataset, for example with roles/bigquery.dataEditor.
            """)
    void missingPermissionIsNamed(String message, String grant) {
        assertThat(ErrorTranslator.exception("asking", rest(403, "accessDenied", message)))
                .isInstanceOf(ServiceRefusedException.class)
                .hasMessage("asking: 403 accessDenied: " + message + " Grant the connector's account " + grant);
        assertThat(ErrorTranslator.jobFailure("accessDenied", message))
                .isEqualTo("accessDenied: " + message + " Grant the connector's account " + grant);
        assertThat(ErrorTranslator.jobFailure("invalidQuery", message)).isEqualTo("invalidQuery: " + message);
    }

    @Test
    void missingPermissionOfTheWriteApiIsNamed() {
        assertThat(ErrorTranslator.exception(
                        "finalizing",
                        refused(
                                Code.PERMISSION_DENIED,
                                "Permission 'TABLES_GET_DATA' denied on resource 'projects/p'")))
                .hasMessage(
                        "finalizing: PERMISSION_DENIED: Permission 'TABLES_GET_DATA' denied on resource 'projects/p'."
                                + " Grant the connector's account bigquery.tables.getData on the dataset, for example with"
                                + " roles/bigquery.dataEditor.");
    }

    @Test
    void concurrentUpdatesAreRetried() {
        assertThat(ErrorTranslator.exception(
                        "registering",
                        rest(400, "invalidQuery", "Could not serialize access to table t due to concurrent update")))
                .isInstanceOf(ServiceUnavailableException.class);
    }

    private static BigQueryException rest(int code, String reason, String message) {
        return new BigQueryException(code, message, new BigQueryError(reason, "", message));
    }

    private static StatusRuntimeException refused(Code code, String message) {
        return StatusProto.toStatusRuntimeException(status(code, message));
    }

    private static Status status(Code code, String message) {
        return Status.newBuilder().setCode(code.value()).setMessage(message).build();
    }

    private static Status status(Code code, String message, StorageErrorCode detail) {
        return status(code, message).toBuilder()
                .addDetails(Any.pack(StorageError.newBuilder()
                        .setCode(detail)
                        .setErrorMessage(message)
                        .build()))
                .build();
    }
}
