package io.catalogconnect.localbigquery.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.ColumnRules;
import io.catalogconnect.localbigquery.store.RowChange;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pseudo columns with which rows are changed by primary key: {@code _CHANGE_TYPE} and {@code _CHANGE_SEQUENCE_NUMBER}. */
final class ChangeColumns {
    private static final String TYPE = "_CHANGE_TYPE";
    private static final String SEQUENCE = "_CHANGE_SEQUENCE_NUMBER";
    private static final List<Column> COLUMNS =
            List.of(ColumnRules.column(field(TYPE)), ColumnRules.column(field(SEQUENCE)));

    private ChangeColumns() {}

    private static TableFieldSchema field(String name) {
        return new TableFieldSchema().setName(name).setType("STRING");
    }

    /** Returns whether the messages of a descriptor have a change type. */
    static boolean areIn(DescriptorProto descriptor) {
        return descriptor.getFieldList().stream()
                .anyMatch(field -> field.getName().equalsIgnoreCase(TYPE));
    }

    /** Columns followed by the pseudo columns. */
    static List<Column> after(List<Column> columns) {
        return Stream.concat(columns.stream(), COLUMNS.stream()).toList();
    }

    /** The change of a row whose last values are those of the pseudo columns. */
    static RowChange change(@Nullable Object[] row) {
        return RowChange.parse((String) row[row.length - 2], (String) row[row.length - 1]);
    }

    /**
     * Checks that a stream takes changes.
     *
     * @throws WriteException when it is not a default stream, or the table has no primary key
     */
    static void check(StreamName stream, StoredTable table) {
        if (!stream.isDefault()) {
            throw WriteException.invalid(
                    "The given value is not a valid CHANGE_TYPE in insert mode: UPSERT. Entity: " + stream);
        }
        if (table.primaryKey().isEmpty()) {
            throw WriteException.invalid("The primary keys of the table " + table.ref()
                    + " are required to create an upsert stream. Entity: " + stream);
        }
    }
}
