package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.RowChange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoded rows of a request.
 *
 * @param columns the columns of the table that the rows were decoded for
 * @param rows the rows in order; empty if they are refused
 * @param changes the change of each row; empty if the rows are only appended
 * @param refusal the errors of the rows, or null
 */
record DecodedRows(
        List<Column> columns,
        List<@Nullable Object[]> rows,
        List<RowChange> changes,
        Optional<WriteException> refusal) {
    static DecodedRows refused(List<Column> columns, WriteException why) {
        return new DecodedRows(columns, List.of(), List.of(), Optional.of(why));
    }
}
