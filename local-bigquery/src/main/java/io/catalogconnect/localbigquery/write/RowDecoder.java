package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.RowError;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.Code;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import io.catalogconnect.localbigquery.store.RowChange;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes the rows of append requests, for one descriptor and one version of the table's schema. */
final class RowDecoder {
    private final StreamName stream;
    private final StoredTable table;
    private final List<Column> seen;
    private final MessageReader plan;
    private final boolean takesChanges;

    private RowDecoder(
            StreamName stream, StoredTable table, List<Column> seen, MessageReader plan, boolean takesChanges) {
        this.takesChanges = takesChanges;
        this.stream = stream;
        this.table = table;
        this.seen = seen;
        this.plan = plan;
    }

    /**
     * Compiles a descriptor for a table.
     *
     * @param seen the columns that the Write API knows
     * @throws WriteException when the descriptor is invalid or does not fit the table
     */
    static RowDecoder compile(StreamName stream, DescriptorProto message, StoredTable table, List<Column> seen) {
        try {
            FileDescriptorProto file = FileDescriptorProto.newBuilder()
                    .setName("BqMessage.proto")
                    .addMessageType(message)
                    .build();
            FileDescriptor descriptor = FileDescriptor.buildFrom(file, new FileDescriptor[0]);
            boolean takesChanges = ChangeColumns.areIn(message);
            if (takesChanges) {
                ChangeColumns.check(stream, table);
            }
            return new RowDecoder(
                    stream,
                    table,
                    seen,
                    MessageReader.compile(
                            descriptor.getMessageTypes().get(0),
                            takesChanges ? ChangeColumns.after(table.columns()) : table.columns(),
                            takesChanges ? ChangeColumns.after(seen) : seen,
                            ""),
                    takesChanges);
        } catch (DescriptorValidationException e) {
            throw WriteException.plain(
                    Code.INVALID_ARGUMENT,
                    "Invalid proto schema: BqMessage.proto: " + e.getMessage() + " Entity: " + stream);
        } catch (MessageReader.MismatchException e) {
            if (e.isExtraField()) {
                throw StreamErrors.extraFields(stream, e.text());
            }
            throw WriteException.plain(Code.INVALID_ARGUMENT, e.text() + " Entity: " + stream);
        }
    }

    /** Returns whether this decoder fits the current schema of the table. */
    boolean fits(StoredTable current, List<Column> currentlySeen) {
        return current.physicalName().equals(table.physicalName())
                && current.columns().equals(table.columns())
                && current.primaryKey().equals(table.primaryKey())
                && currentlySeen.equals(seen);
    }

    /** Returns whether the writer's schema has a field for a column. */
    boolean writes(Column column) {
        return plan.writes(column);
    }

    /** Decodes all rows, or returns the errors of the malformed rows. */
    DecodedRows decode(List<ByteString> serialized, MissingValues missing, StreamBounds bounds) {
        List<@Nullable Object[]> rows = new ArrayList<>(serialized.size());
        List<RowChange> changes = new ArrayList<>();
        List<RowError> errors = new ArrayList<>();
        for (int i = 0; i < serialized.size(); i++) {
            try {
                @Nullable Object[] row = plan.read(serialized.get(i).newCodedInput());
                if (takesChanges) {
                    changes.add(ChangeColumns.change(row));
                    row = Arrays.copyOf(row, table.columns().size());
                }
                missing.fill(row);
                Optional<String> wrong = wrong(row, bounds);
                if (wrong.isEmpty()) {
                    rows.add(row);
                } else {
                    errors.add(error(i, wrong.get()));
                }
            } catch (InvalidValueException e) {
                errors.add(error(i, String.valueOf(e.getMessage())));
            } catch (IOException e) {
                errors.add(error(i, "The row is not a message of the given schema: " + e.getMessage()));
            }
        }
        return errors.isEmpty()
                ? new DecodedRows(table.columns(), rows, changes, Optional.empty())
                : DecodedRows.refused(table.columns(), StreamErrors.rows(stream, errors));
    }

    private Optional<String> wrong(@Nullable Object[] row, StreamBounds bounds) {
        List<Column> columns = table.columns();
        for (int i = 0; i < row.length; i++) {
            Optional<String> wrong = columns.get(i).check(row[i]);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return bounds.wrong(table, row);
    }

    private static RowError error(int index, String message) {
        return RowError.newBuilder()
                .setIndex(index)
                .setCode(RowError.RowErrorCode.FIELDS_ERROR)
                .setMessage(message)
                .build();
    }
}
