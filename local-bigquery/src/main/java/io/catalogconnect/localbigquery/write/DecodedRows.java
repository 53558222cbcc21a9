package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.Column;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's rows.
 *
 * @param columns of the table for which they were decoded
 * @param rows in order; empty when refused
 * @param refusal what is wrong with them
 */
record DecodedRows(List<Column> columns, List<@Nullable Object[]> rows, Optional<WriteException> refusal) {
    static DecodedRows refused(List<Column> columns, WriteException why) {
        return new DecodedRows(columns, List.of(), Optional.of(why));
    }
}
