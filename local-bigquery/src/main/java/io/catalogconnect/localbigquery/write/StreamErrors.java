package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.rpc.Code;
import com.google.rpc.Status;
import java.util.List;

/** The errors of a stream, with the texts of the real service. */
final class StreamErrors {
    private StreamErrors() {}

    static WriteException offsetExists(StreamName stream, long expected, long received) {
        return WriteException.of(
                Code.ALREADY_EXISTS,
                StorageErrorCode.OFFSET_ALREADY_EXISTS,
                stream.toString(),
                "The offset is within stream, expected offset " + expected + ", received " + received);
    }

    static WriteException offsetBeyond(StreamName stream, long expected, long received) {
        return WriteException.of(
                Code.OUT_OF_RANGE,
                StorageErrorCode.OFFSET_OUT_OF_RANGE,
                stream.toString(),
                "The offset is beyond stream, expected offset " + expected + ", received " + received);
    }

    static WriteException finalized(StreamName stream) {
        return WriteException.of(
                Code.INVALID_ARGUMENT,
                StorageErrorCode.STREAM_FINALIZED,
                stream.toString(),
                "Stream has been finalized and cannot be appended.");
    }

    static WriteException streamNotFound(StreamName stream) {
        return WriteException.of(
                Code.NOT_FOUND,
                StorageErrorCode.STREAM_NOT_FOUND,
                stream.toString(),
                "Requested entity was not found.");
    }

    static WriteException streamType(StreamName stream, String text) {
        return WriteException.of(Code.INVALID_ARGUMENT, StorageErrorCode.INVALID_STREAM_TYPE, stream.toString(), text);
    }

    static WriteException streamState(StreamName stream, String text) {
        return WriteException.of(Code.INVALID_ARGUMENT, StorageErrorCode.INVALID_STREAM_STATE, stream.toString(), text);
    }

    static WriteException extraFields(StreamName stream, String fields) {
        return WriteException.of(
                Code.INVALID_ARGUMENT,
                StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS,
                stream.toString(),
                "Input schema has more fields than BigQuery schema, extra fields: '" + fields + "'");
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
}
