package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.catalogconnect.localbigquery.store.StoredTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Decides whether a stream accepts an append: only at its end, and not after it was finalized. An append is refused before it changes the
 * transaction, so that other appends in the transaction are not affected.
 */
final class AppendRules {
    private final DelayedRows late;

    AppendRules(DelayedRows late) {
        this.late = late;
    }

    AppendOutcome apply(StreamStore.Change change, AppendRequest request, Instant now) throws SQLException {
        if (request.fault().isPresent()) {
            return new AppendOutcome.Refused(request.fault().get());
        }
        try {
            return request.stream().isDefault() ? toDefault(change, request, now) : toStream(change, request, now);
        } catch (WriteException e) {
            return new AppendOutcome.Refused(e);
        }
    }

    private AppendOutcome toDefault(StreamStore.Change change, AppendRequest request, Instant now) throws SQLException {
        StoredTable table = change.table(request.stream().table());
        Instant partition =
                StreamBounds.at(now).decorated(request.stream(), table).orElse(null);
        DecodedRows rows = accepted(request, table);
        if (!rows.changes().isEmpty()) {
            change.session().change(table, rows.rows(), rows.changes(), partition);
        } else if (request.visibleAfter().isPresent()) {
            late.hold(change, table, rows.rows(), request.visibleAfter().get());
        } else {
            change.session().append(table, rows.rows(), partition);
        }
        return new AppendOutcome.Written(OptionalLong.empty(), table);
    }

    private AppendOutcome toStream(StreamStore.Change change, AppendRequest request, Instant now) throws SQLException {
        StreamState state = change.stream(request.stream());
        checkOffset(state, request.offset());
        StoredTable table = change.table(request.stream().table());
        DecodedRows rows = accepted(request, table);
        if (state.type() != WriteStream.Type.COMMITTED) {
            change.session().hold(table, state.holder(), state.end(), rows.rows());
        } else if (request.visibleAfter().isPresent()) {
            late.hold(change, table, rows.rows(), request.visibleAfter().get());
        } else {
            change.session().append(table, rows.rows());
        }
        change.put(state.appended(rows.rows().size(), now));
        return new AppendOutcome.Written(OptionalLong.of(state.end()), table);
    }

    private static DecodedRows accepted(AppendRequest request, StoredTable table) {
        DecodedRows rows = request.rows(table);
        rows.refusal().ifPresent(refusal -> {
            throw refusal;
        });
        return rows;
    }

    private static void checkOffset(StreamState state, OptionalLong offset) {
        if (state.finalized()) {
            throw StreamErrors.finalized(state.name());
        }
        if (offset.isPresent() && offset.getAsLong() < state.end()) {
            throw StreamErrors.offsetExists(state.name(), state.end(), offset.getAsLong());
        }
        if (offset.isPresent() && offset.getAsLong() > state.end()) {
            throw StreamErrors.offsetBeyond(state.name(), state.end(), offset.getAsLong());
        }
    }
}
