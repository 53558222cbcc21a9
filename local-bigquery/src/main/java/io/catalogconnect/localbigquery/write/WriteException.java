package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/**
 * The service refuses a call. Holds the complete answer: code, text, the {@code StorageError} that Google's clients read, and errors of
 * single rows. Texts end with the entity, as in the real service.
 */
final class WriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final transient List<RowError> rowErrors;

    private WriteException(Status status, List<RowError> rowErrors) {
        super(status.getMessage());
        this.status = status;
        this.rowErrors = rowErrors;
    }

    private static WriteException of(Code code, StorageErrorCode detail, String entity, String text) {
        String message = text + " Entity: " + entity;
        StorageError error = StorageError.newBuilder()
                .setCode(detail)
                .setEntity(entity)
                .setErrorMessage(message)
                .build();
        return new WriteException(
                Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .addDetails(Any.pack(error))
                        .build(),
                List.of());
    }

    /** An answer that has only a code and a text. */
    static WriteException plain(Code code, String text) {
        return new WriteException(
                Status.newBuilder().setCode(code.getNumber()).setMessage(text).build(), List.of());
    }

    static WriteException invalid(String text) {
        return plain(Code.INVALID_ARGUMENT, text);
    }

    static WriteException offsetExists(StreamName stream, long expected, long received) {
        return of(
                Code.ALREADY_EXISTS,
                StorageErrorCode.OFFSET_ALREADY_EXISTS,
                stream.toString(),
                "The offset is within stream, expected offset " + expected + ", received " + received);
    }

    static WriteException offsetBeyond(StreamName stream, long expected, long received) {
        return of(
                Code.OUT_OF_RANGE,
                StorageErrorCode.OFFSET_OUT_OF_RANGE,
                stream.toString(),
                "The offset is beyond stream, expected offset " + expected + ", received " + received);
    }

    static WriteException finalized(StreamName stream) {
        return of(
                Code.INVALID_ARGUMENT,
                StorageErrorCode.STREAM_FINALIZED,
                stream.toString(),
                "Stream has been finalized and cannot be appended.");
    }

    static WriteException streamNotFound(StreamName stream) {
        return of(
                Code.NOT_FOUND,
                StorageErrorCode.STREAM_NOT_FOUND,
                stream.toString(),
                "Requested entity was not found.");
    }

    static WriteException streamType(StreamName stream, String text) {
        return of(Code.INVALID_ARGUMENT, StorageErrorCode.INVALID_STREAM_TYPE, stream.toString(), text);
    }

    static WriteException streamState(StreamName stream, String text) {
        return of(Code.INVALID_ARGUMENT, StorageErrorCode.INVALID_STREAM_STATE, stream.toString(), text);
    }

    static WriteException extraFields(StreamName stream, String fields) {
        return of(
                Code.INVALID_ARGUMENT,
                StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS,
                stream.toString(),
                "Input schema has more fields than BigQuery schema, extra fields: '" + fields + "'");
    }

    /** The service answers the same for a missing and for a forbidden table. */
    static WriteException tableNotFound(TableRef table) {
        return plain(
                Code.PERMISSION_DENIED,
                "Permission 'TABLES_UPDATE_DATA' denied on resource '" + table.path() + "' (or it may not exist).");
    }

    static void refuseView(StoredTable table) {
        if (table.isView()) {
            throw invalid("Cannot write to " + table.ref() + " because it is a view. Entity: "
                    + table.ref().path());
        }
    }

    static WriteException rows(StreamName stream, List<RowError> rowErrors) {
        Status status = Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage(
                        "Errors found while processing rows. Please refer to the row_errors field for details. The list may not be"
                                + " complete because of the size limitations. Entity: " + stream)
                .build();
        return new WriteException(status, List.copyOf(rowErrors));
    }

    Status status() {
        return status;
    }

    List<RowError> rowErrors() {
        return rowErrors;
    }

    StatusRuntimeException toGrpc() {
        return StatusProto.toStatusRuntimeException(status);
    }
}
