package io.catalogconnect.localbigquery.contract;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.Appends.rows;
import static io.catalogconnect.localbigquery.contract.ContractDataset.offset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Appends that streams accept and refuse: offsets, finalized streams, malformed rows, schemas, partitions. */
class AppendContractIT {
    private static final String ROWS_WRONG =
            "INVALID_ARGUMENT: Errors found while processing rows. Please refer to the row_errors field for details. The list may not be"
                    + " complete because of the size limitations.";

    @RegisterExtension
    static final ContractDataset bigquery = new ContractDataset();

    /** Why an append was refused. */
    private static Throwable refusal(StreamWriter writer, ProtoRows rows, long offset) {
        Throwable thrown = catchThrowable(() -> get(writer.append(rows, offset)));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return Objects.requireNonNull(thrown.getCause());
    }

    @Test
    void appendAtTheEndIsVisibleWhenAcknowledged() throws Exception {
        TableId table = bigquery.table("(name STRING)");
        Descriptor row = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), row)) {
            assertThat(offset(get(writer.append(rows(row, "a", "b"), 0)))).isZero();
            assertThat(offset(get(writer.append(rows(row, "c"), 2)))).isEqualTo(2);
            assertThat(offset(get(writer.append(rows(row, "d"))))).isEqualTo(3);
        }
        assertThat(bigquery.query("SELECT name FROM " + table.getTable() + " ORDER BY name"))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void appendBelowTheEndIsRefusedAndTheConnectionStaysUsable() throws Exception {
        TableId table = bigquery.table("(name STRING)");
        Descriptor row = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), row)) {
            get(writer.append(rows(row, "a"), 0));
            Throwable overlapping = refusal(writer, rows(row, "a", "b"), 0);
            assertThat(overlapping).isInstanceOfSatisfying(Exceptions.OffsetAlreadyExists.class, e -> {
                assertThat(e.getExpectedOffset()).isEqualTo(1);
                assertThat(e.getActualOffset()).isZero();
                assertThat(e.getStreamName()).isEqualTo(stream.getName());
            });
            bigquery.assertSays(
                    overlapping,
                    "ALREADY_EXISTS: The offset is within stream, expected offset 1, received 0",
                    " Entity: " + stream.getName());
            get(writer.append(rows(row, "b"), 1));
        }
        assertThat(bigquery.query("SELECT name FROM " + table.getTable() + " ORDER BY name"))
                .containsExactly("a", "b");
    }

    @Test
    void appendAboveTheEndIsRefused() throws Exception {
        TableId table = bigquery.table("(name STRING)");
        Descriptor row = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), row)) {
            Throwable beyond = refusal(writer, rows(row, "a"), 10);
            assertThat(beyond).isInstanceOf(Exceptions.OffsetOutOfRange.class);
            bigquery.assertSays(
                    beyond,
                    "OUT_OF_RANGE: The offset is beyond stream, expected offset 0, received 10",
                    " Entity: " + stream.getName());
        }
        assertThat(bigquery.query("SELECT COUNT(*) FROM " + table.getTable())).containsExactly("0");
    }

    @Test
    void finalizedStreamReportsItsRowCountAndRefusesAppends() throws Exception {
        TableId table = bigquery.table("(name STRING)");
        Descriptor row = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), row)) {
            get(writer.append(rows(row, "a", "b", "c"), 0));
            assertThat(bigquery.storage().finalizeWriteStream(stream.getName()).getRowCount())
                    .isEqualTo(3);
            assertThat(bigquery.storage().finalizeWriteStream(stream.getName()).getRowCount())
                    .isEqualTo(3);
            Throwable finalized = refusal(writer, rows(row, "d"), 3);
            assertThat(finalized).isInstanceOf(Exceptions.StreamFinalizedException.class);
            bigquery.assertSays(
                    finalized,
                    "INVALID_ARGUMENT: Stream has been finalized",
                    " and cannot be appended. Entity: " + stream.getName());
        }
    }

    @Test
    void defaultStreamAcceptsRowsWithoutOffsets() throws Exception {
        TableId table = bigquery.table("(name STRING)");
        Descriptor row = bigquery.descriptor(table);
        try (StreamWriter writer = bigquery.writer(bigquery.defaultStream(table), row)) {
            assertThat(get(writer.append(rows(row, "a", "b"))).getAppendResult().hasOffset())
                    .isFalse();
        }
        assertThat(bigquery.query("SELECT name FROM " + table.getTable() + " ORDER BY name"))
                .containsExactly("a", "b");
    }

    @Test
    void malformedRowRefusesItsRequestAndTheConnectionStaysUsable() throws Exception {
        TableId table = bigquery.table("(foo STRING(10))");
        Descriptor row = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), row)) {
            Throwable wrong = refusal(writer, rows(row, "good", "twelve chars", "good too", "thirteen char"), 0);
            assertThat(wrong)
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializtionError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage())
                                    .containsOnly(
                                            entry(
                                                    1,
                                                    "Field foo: STRING(10) has maximum length 10 but got a value with length 12 on field foo."),
                                            entry(
                                                    3,
                                                    "Field foo: STRING(10) has maximum length 10 but got a value with length 13 on field"
                                                            + " foo.")));
            bigquery.assertSays(wrong, ROWS_WRONG, " Entity: " + stream.getName());
            assertThat(offset(get(writer.append(rows(row, "good"), 0)))).isZero();
        }
        assertThat(bigquery.query("SELECT foo FROM " + table.getTable())).containsExactly("good");
    }

    @Test
    void unknownFieldIsSchemaMismatch() throws Exception {
        TableId table = bigquery.table("(a STRING)");
        Descriptor wider = bigquery.descriptor(bigquery.table("(a STRING, extra STRING)"));
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), wider)) {
            Throwable mismatch = refusal(writer, rows(wider, "x"), 0);
            assertThat(mismatch).isInstanceOf(Exceptions.SchemaMismatchedException.class);
            bigquery.assertSays(
                    mismatch,
                    "INVALID_ARGUMENT: Input schema has more fields than BigQuery schema",
                    ", extra fields: 'extra' Entity: " + stream.getName());
        }
    }

    @Test
    void addedColumnIsAnnouncedAndThenWritten() throws Exception {
        TableId table = bigquery.table("(a STRING)");
        Descriptor narrow = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        AtomicLong end = new AtomicLong();
        try (StreamWriter writer = bigquery.writer(stream.getName(), narrow)) {
            assertThat(get(writer.append(rows(narrow, "narrow"), end.getAndIncrement()))
                            .hasUpdatedSchema())
                    .isFalse();
            bigquery.query("ALTER TABLE " + table.getTable() + " ADD COLUMN b STRING");
            AppendRowsResponse news = bigquery.onceSpread(
                    () -> get(writer.append(rows(narrow, "narrow"), end.getAndIncrement())),
                    AppendRowsResponse::hasUpdatedSchema);
            assertThat(news.getUpdatedSchema().getFieldsList())
                    .extracting(known -> known.getName())
                    .containsExactly("a", "b");
        }
        Descriptor wide = bigquery.descriptor(table);
        assertThat(wide.getFields()).hasSize(2);
        try (StreamWriter rebuilt = bigquery.writer(stream.getName(), wide)) {
            get(rebuilt.append(rows(wide, "wide"), end.get()));
        }
        assertThat(bigquery.query("SELECT COUNT(*), COUNTIF(a = 'wide'), COUNT(b) FROM " + table.getTable()))
                .containsExactly(end.get() + 1 + ",1,0");
    }

    @Test
    void missingTableIsReportedAsPermissionDenied() {
        String missing = bigquery.path(bigquery.id("missing"));
        Throwable forbidden = catchThrowable(() -> bigquery.storage()
                .createWriteStream(CreateWriteStreamRequest.newBuilder()
                        .setParent(missing)
                        .setWriteStream(WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED))
                        .build()));
        assertThat(forbidden).isInstanceOf(PermissionDeniedException.class);
        bigquery.assertSays(
                Objects.requireNonNull(forbidden.getCause()),
                "PERMISSION_DENIED: Permission 'TABLES_UPDATE_DATA' denied on resource '" + missing
                        + "' (or it may not exist).",
                "");
    }

    @Test
    void rowsOutsideThePartitionBoundsAreRefused() throws Exception {
        TableId table = bigquery.table("(day DATE) PARTITION BY day");
        Descriptor row = bigquery.descriptor(table);
        int today = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();
        int longAgo = (int) LocalDate.of(1955, 1, 1).toEpochDay();
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), row)) {
            get(writer.append(rows(row, today - 3649, today, today + 365), 0));
            Throwable outside = refusal(writer, rows(row, today, longAgo), 3);
            assertThat(outside)
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializtionError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage()).containsOnlyKeys(1));
            bigquery.assertSays(outside, ROWS_WRONG, " Entity: " + stream.getName());
        }
        assertThat(bigquery.query("SELECT COUNT(*) FROM " + table.getTable())).containsExactly("3");
    }

    @Test
    void defaultStreamOfDailyTableAcceptsPartitionDecorator() throws Exception {
        TableId table = bigquery.table("(name STRING) PARTITION BY _PARTITIONDATE");
        Descriptor row = bigquery.descriptor(table);
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        String partition = bigquery.path(table) + "$" + yesterday.toString().replace("-", "");
        try (StreamWriter writer = bigquery.writer(partition + "/streams/_default", row)) {
            get(writer.append(rows(row, "a")));
        }
        assertThat(bigquery.query("SELECT name FROM " + table.getTable())).containsExactly("a");
    }
}
