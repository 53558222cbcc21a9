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

    WriteException(Status status, List<RowError> rowErrors) {
        super(status.getMessage());
        this.status = status;
        this.rowErrors = rowErrors;
    }

    static WriteException of(Code code, StorageErrorCode detail, String entity, String text) {
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
