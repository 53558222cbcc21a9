package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.catalogconnect.bigquery.commit.AppendAnswer;
import io.catalogconnect.bigquery.commit.Batch;
import io.catalogconnect.bigquery.commit.Checkpoint;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import io.catalogconnect.bigquery.commit.StreamCheckpoints;
import io.catalogconnect.bigquery.commit.StreamConnection;
import io.catalogconnect.bigquery.commit.StreamEnd;
import io.catalogconnect.bigquery.commit.TableUnknownException;
import io.catalogconnect.bigquery.commit.WriteStreams;
import io.catalogconnect.bigquery.table.Column;
import io.catalogconnect.bigquery.table.ColumnType;
import io.catalogconnect.bigquery.table.Partitioning;
import io.catalogconnect.bigquery.table.SchemaEvolution;
import io.catalogconnect.bigquery.table.TableProvisioner;
import io.catalogconnect.bigquery.table.TableShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints as rows of a table of the dataset, written to its default stream. BigQuery shows such rows to queries as soon
 * as it acknowledges them. A row that was sent twice has no effect. Thread-safe.
 */
public final class BigQueryStreamCheckpoints implements StreamCheckpoints {

    /** Sequence number of the row that states the end of a finalized stream. */
    private static final long END = Long.MAX_VALUE;

    private static final long MICROS_PER_MILLI = 1_000;
    /** A stream without appends expires after three days, and checkpoints are renewed daily. */
    private static final Duration EXPIRATION = Duration.ofDays(10);

    static final TableShape SHAPE = new TableShape(
            List.of(
                    Column.of("stream", ColumnType.STRING, Column.Mode.REQUIRED),
                    Column.of("sequence", ColumnType.INT64, Column.Mode.REQUIRED),
                    Column.of("stream_rows", ColumnType.INT64, Column.Mode.REQUIRED),
                    Column.of("kafka_offset", ColumnType.INT64, Column.Mode.REQUIRED),
                    Column.of("record_timestamp", ColumnType.INT64, Column.Mode.REQUIRED),
                    Column.of("stored_at", ColumnType.TIMESTAMP, Column.Mode.REQUIRED)),
            new Partitioning(
                    Partitioning.Unit.DAY, Optional.of("stored_at"), Optional.of(EXPIRATION), false, Optional.empty()),
            List.of("stream"));

    private final Queries queries;
    private final WriteStreams streams;
    private final TableProvisioner provisioner;
    private final RowFormat format;
    private final String sqlName;
    private final Duration timeout;
    private final Batch<String, String, Optional<StreamEnd>> ends;
    private final AtomicBoolean created = new AtomicBoolean();
    private @Nullable StreamConnection connection;

    BigQueryStreamCheckpoints(
            Service service,
            Queries queries,
            WriteStreams streams,
            BigQueryTableCatalog catalog,
            String table,
            Batch.Timing timing) {
        this.queries = queries;
        this.streams = streams;
        this.provisioner = new TableProvisioner(catalog, true, SchemaEvolution.ADD);
        this.format = new RowFormat(table, descriptor());
        this.sqlName = service.sqlName(table);
        this.timeout = service.requestTimeout();
        this.ends = new Batch<>(timing, names -> ends(names.keySet()));
    }

    @Override
    public CompletableFuture<Checkpoint> store(Checkpoint checkpoint) {
        return append(checkpoint).thenApply(stored -> checkpoint);
    }

    @Override
    public CompletableFuture<Long> storeEnd(String stream, long rows, long now) {
        return append(new Checkpoint(stream, END, rows, 0, Row.NO_TIMESTAMP, now))
                .thenApply(stored -> rows);
    }

    @Override
    public CompletableFuture<Optional<StreamEnd>> end(String stream) {
        return ends.add(stream, stream);
    }

    /** The ends of streams, each with the newest checkpoint that is not above it. */
    private CompletableFuture<Map<String, Optional<StreamEnd>>> ends(Collection<String> names) {
        String ends = "SELECT stream, MAX(stream_rows) AS end_rows FROM " + sqlName
                + " WHERE stream IN UNNEST(@streams) AND sequence = " + END + " GROUP BY stream";
        String rows =
                "SELECT c.stream, c.sequence, MAX(c.stream_rows) AS stream_rows, MAX(c.kafka_offset) AS kafka_offset,"
                        + " MAX(c.record_timestamp) AS record_timestamp, MAX(UNIX_MICROS(c.stored_at)) AS stored_at FROM "
                        + sqlName
                        + " AS c JOIN (" + ends + ") AS e ON c.stream = e.stream WHERE c.stream_rows <= e.end_rows"
                        + " GROUP BY c.stream, c.sequence";
        String sql =
                "SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY stream ORDER BY sequence DESC) AS place FROM ("
                        + rows + ")) WHERE place <= 2 ORDER BY stream, sequence DESC";
        return create().thenCompose(done -> queries.rows(
                        "reading the checkpoints of " + names.size() + " streams",
                        sql,
                        Map.of(
                                "streams",
                                QueryParameterValue.array(names.toArray(String[]::new), StandardSQLTypeName.STRING))))
                .thenApply(result -> {
                    Map<String, List<Checkpoint>> found = new HashMap<>();
                    for (FieldValueList row : result.iterateAll()) {
                        Checkpoint checkpoint = checkpoint(row);
                        found.computeIfAbsent(checkpoint.stream(), stream -> new ArrayList<>())
                                .add(checkpoint);
                    }
                    return names.stream()
                            .collect(Collectors.toMap(name -> name, name -> end(found.getOrDefault(name, List.of()))));
                });
    }

    /** @param newest the row of the end, then the newest checkpoint */
    private static Optional<StreamEnd> end(List<Checkpoint> newest) {
        return newest.stream()
                .findFirst()
                .map(end -> new StreamEnd(end.rows(), newest.stream().skip(1).findFirst()));
    }

    private static Checkpoint checkpoint(FieldValueList row) {
        return new Checkpoint(
                row.get("stream").getStringValue(),
                row.get("sequence").getLongValue(),
                row.get("stream_rows").getLongValue(),
                row.get("kafka_offset").getLongValue(),
                row.get("record_timestamp").getLongValue(),
                Math.floorDiv(row.get("stored_at").getLongValue(), MICROS_PER_MILLI));
    }

    private CompletableFuture<Boolean> create() {
        if (created.get()) {
            return CompletableFuture.completedFuture(true);
        }
        return queries.run("creating the table of checkpoints " + format.table(), () -> {
            provisioner.ensure(format.table(), SHAPE);
            created.set(true);
            return true;
        });
    }

    private CompletableFuture<AppendAnswer> append(Checkpoint row) {
        String what = "storing a checkpoint of " + row.stream();
        return create().thenCompose(done -> send(encode(row))).handle((answer, failure) -> {
            if (failure != null) {
                throw ErrorTranslator.exception(what, failure);
            }
            if (answer instanceof AppendAnswer.Appended) {
                return answer;
            }
            String message = what + ": " + answer.message();
            throw switch (answer.remedy()) {
                case AWAIT_TABLE -> new TableUnknownException(message, null);
                case STOP, REPORT_ROWS -> new ServiceRefusedException(message, null);
                case RESEND, AWAIT_SCHEMA, ABANDON_STREAM -> new ServiceUnavailableException(message, null);
            };
        });
    }

    private synchronized CompletableFuture<AppendAnswer> send(ByteString row) {
        StreamConnection open = connection;
        if (open == null || !open.isOpen()) {
            open = streams.connect(streams.defaultStream(format.table()));
            connection = open;
        }
        StreamConnection used = open;
        return used.append(OptionalLong.empty(), format, List.of(row))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    if (!(late instanceof TimeoutException)) {
                        throw ErrorTranslator.exception("storing a checkpoint", late);
                    }
                    used.close();
                    return new AppendAnswer.Unavailable("no answer in " + timeout.toMillis() + " ms");
                });
    }

    private static ByteString encode(Checkpoint row) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeString(1, row.stream());
            out.writeInt64(2, row.sequence());
            out.writeInt64(3, row.rows());
            out.writeInt64(4, row.kafkaOffset());
            out.writeInt64(5, row.timestamp());
            out.writeInt64(6, row.storedAt() * MICROS_PER_MILLI);
            out.flush();
            return ByteString.copyFrom(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static DescriptorProto descriptor() {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Checkpoint");
        int number = 1;
        for (Column column : SHAPE.columns()) {
            message.addField(FieldDescriptorProto.newBuilder()
                    .setName(column.name())
                    .setNumber(number++)
                    .setType(
                            column.type() == ColumnType.STRING
                                    ? FieldDescriptorProto.Type.TYPE_STRING
                                    : FieldDescriptorProto.Type.TYPE_INT64)
                    .setLabel(FieldDescriptorProto.Label.LABEL_REQUIRED));
        }
        return message.build();
    }
}
