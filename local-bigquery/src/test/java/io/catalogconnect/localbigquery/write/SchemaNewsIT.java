package io.catalogconnect.localbigquery.write;

import static io.catalogconnect.localbigquery.Appends.get;
import static io.catalogconnect.localbigquery.Appends.rows;
import static io.catalogconnect.localbigquery.write.WriteFixture.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoSchemaConverter;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.cloud.bigquery.storage.v1.WriteStreamView;
import com.google.protobuf.Descriptors.Descriptor;
import io.catalogconnect.localbigquery.store.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of schemas, tables, time and connections during appends, and default values. */
class SchemaNewsIT {
    @RegisterExtension
    final WriteFixture bigquery = new WriteFixture();

    @Test
    void nextAnswerCarriesChangedSchemaOnceAndTheStreamStaysUsable() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        Descriptor narrow = bigquery.descriptor(table);
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (StreamWriter writer = bigquery.writer(stream.getName(), narrow)) {
            assertThat(get(writer.append(rows(narrow, "1"), 0)).hasUpdatedSchema())
                    .isFalse();
            bigquery.addColumn(table, field("b", "STRING"));
            AppendRowsResponse news = get(writer.append(rows(narrow, "2"), 1));
            assertThat(news.getUpdatedSchema().getFieldsList())
                    .extracting(known -> known.getName())
                    .containsExactly("a", "b");
            assertThat(get(writer.append(rows(narrow, "3"), 2)).hasUpdatedSchema())
                    .isFalse();
        }
        Descriptor wide = bigquery.descriptor(table);
        try (StreamWriter rebuilt = bigquery.writer(stream.getName(), wide)) {
            get(rebuilt.append(rows(wide, "4"), 3));
        }
        assertThat(bigquery.query(table, "SELECT a FROM $t ORDER BY a")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void missingTableIsReportedAsPermissionDenied() throws Exception {
        String missing = "projects/p/datasets/d/tables/missing";
        String text = "Permission 'TABLES_UPDATE_DATA' denied on resource '" + missing + "' (or it may not exist).";
        assertThatThrownBy(() -> bigquery.client.createWriteStream(CreateWriteStreamRequest.newBuilder()
                        .setParent(missing)
                        .setWriteStream(WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED))
                        .build()))
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessage("io.grpc.StatusRuntimeException: PERMISSION_DENIED: " + text);
        TableRef other = bigquery.table("other", field("a", "STRING"));
        WriteStream gone =
                WriteStream.newBuilder().setName(missing + "/streams/_default").build();
        assertThat(refusal(first(gone, other, "2"))).isEqualTo("PERMISSION_DENIED: " + text);
    }

    @Test
    void streamOfDroppedTableIsUnknownToRecreatedTable() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        bigquery.warehouse.inTransaction(session -> {
            Table resource = session.catalog().requireTable(table).resource();
            session.dropTable(table);
            return session.createTable(resource);
        });
        assertThatThrownBy(() -> bigquery.client.finalizeWriteStream(stream.getName()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("io.grpc.StatusRuntimeException: NOT_FOUND: Requested entity was not found. Entity: "
                        + stream.getName());
    }

    @Test
    void invalidStreamNameOrTypeIsRefused() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        assertThatThrownBy(() -> bigquery.client.getWriteStream("streams/x"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(
                        "io.grpc.StatusRuntimeException: INVALID_ARGUMENT: Invalid stream name: 'streams/x'. Expected"
                                + " projects/{project}/datasets/{dataset}/tables/{table}/streams/{stream}.");
        assertThatThrownBy(() -> bigquery.client.createWriteStream(CreateWriteStreamRequest.newBuilder()
                        .setParent("p.d.t")
                        .setWriteStream(WriteStream.newBuilder().setType(WriteStream.Type.COMMITTED))
                        .build()))
                .hasMessage("io.grpc.StatusRuntimeException: INVALID_ARGUMENT: Invalid table name: 'p.d.t'. Expected"
                        + " projects/{project}/datasets/{dataset}/tables/{table}.");
        assertThatThrownBy(() -> bigquery.stream(table, WriteStream.Type.TYPE_UNSPECIFIED))
                .hasMessage(
                        "io.grpc.StatusRuntimeException: INVALID_ARGUMENT: The type of a write stream must be COMMITTED, PENDING or"
                                + " BUFFERED; got TYPE_UNSPECIFIED.");
    }

    @Test
    void streamResourceMatchesItsDefinition() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING").setMaxLength(5L), field("f", "FLOAT"));
        WriteStream made = bigquery.stream(table, WriteStream.Type.COMMITTED);
        assertThat(made.getTableSchema())
                .isEqualTo(TableSchemas.of(bigquery.warehouse.catalog().requireTable(table)));
        assertThat(made.getCommitTime()).isEqualTo(made.getCreateTime());
        assertThat(made.getLocation()).isEqualTo("US");
        assertThat(bigquery.client.getWriteStream(made.getName()))
                .isEqualTo(made.toBuilder().clearTableSchema().build());
        assertThat(bigquery.client.getWriteStream(GetWriteStreamRequest.newBuilder()
                        .setName(made.getName())
                        .setView(WriteStreamView.FULL)
                        .build()))
                .isEqualTo(made);
        WriteStream defaultStream = bigquery.client.getWriteStream(table.path() + "/_default");
        assertThat(defaultStream.getName()).isEqualTo(table.path() + "/streams/_default");
        assertThat(defaultStream.getType()).isEqualTo(WriteStream.Type.COMMITTED);
        assertThat(defaultStream.getCreateTime().getSeconds())
                .isEqualTo(bigquery.clock.instant().getEpochSecond());
    }

    @Test
    void committedStreamIsRemovedAfterThreeIdleDays() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        WriteStream pending = bigquery.stream(table, WriteStream.Type.PENDING);
        bigquery.clock.advance(Duration.ofDays(3));
        bigquery.client.getWriteStream(stream.getName());
        bigquery.clock.advance(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThatThrownBy(() -> bigquery.client.getWriteStream(stream.getName()))
                .isInstanceOf(NotFoundException.class));
        bigquery.client.getWriteStream(pending.getName());
    }

    @Test
    void connectionIsClosedAfterTenIdleMinutes() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (RawAppends idle = new RawAppends(bigquery.server.port())) {
            idle.send(first(stream, table, "1"));
            assertThat(idle.next().getAppendResult().getOffset().getValue()).isZero();
            bigquery.clock.advance(Duration.ofSeconds(601));
            assertThat(idle.error())
                    .hasMessage("ABORTED: Closing the stream because it has been inactive for 600 seconds. Entity: "
                            + stream.getName());
        }
    }

    @Test
    void newestConnectionTakesOverTheStream() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        try (RawAppends old = new RawAppends(bigquery.server.port());
                RawAppends newer = new RawAppends(bigquery.server.port())) {
            old.send(first(stream, table, "1"));
            old.next();
            newer.send(first(stream, table, "2"));
            assertThat(newer.next().getAppendResult().getOffset().getValue()).isEqualTo(1);
            assertThat(old.error())
                    .hasMessage(
                            "ABORTED: Connection is closed because another connection was opened to the same stream. Entity: "
                                    + stream.getName());
        }
    }

    @Test
    void incompleteRequestEndsTheConnection() throws Exception {
        TableRef table = bigquery.table("t", field("a", "STRING"));
        WriteStream stream = bigquery.stream(table, WriteStream.Type.COMMITTED);
        AppendRowsRequest good = first(stream, table, "1");
        assertThat(refusal(good.toBuilder().clearWriteStream().build()))
                .isEqualTo("INVALID_ARGUMENT: The first request of a connection must name its write_stream.");
        assertThat(refusal(good.toBuilder().clearProtoRows().build()))
                .isEqualTo("INVALID_ARGUMENT: An AppendRowsRequest must have rows. Entity: " + stream.getName());
        AppendRowsRequest.Builder withoutSchema = good.toBuilder();
        withoutSchema.getProtoRowsBuilder().clearWriterSchema();
        assertThat(refusal(withoutSchema.build()))
                .isEqualTo(
                        "INVALID_ARGUMENT: The writer schema must be given in the first request of a connection. Entity: "
                                + stream.getName());
        assertThat(refusal(good.toBuilder()
                        .setArrowRows(AppendRowsRequest.ArrowData.getDefaultInstance())
                        .build()))
                .isEqualTo(
                        "UNIMPLEMENTED: local-bigquery takes rows in protocol buffers only: set proto_rows, not arrow_rows.");
        String defaultStream = table.path() + "/streams/_default";
        assertThat(refusal(good.toBuilder().setWriteStream(defaultStream).build()))
                .isEqualTo("INVALID_ARGUMENT: Offset cannot be specified for the default stream. Entity: "
                        + defaultStream);
    }

    private String refusal(AppendRowsRequest request) throws Exception {
        try (RawAppends connection = new RawAppends(bigquery.server.port())) {
            connection.send(request);
            return String.valueOf(connection.error().getMessage());
        }
    }

    private AppendRowsRequest first(WriteStream stream, TableRef table, String value) throws Exception {
        Descriptor descriptor = bigquery.descriptor(table);
        AppendRowsRequest.Builder request = AppendRowsRequest.newBuilder().setWriteStream(stream.getName());
        request.getProtoRowsBuilder()
                .setWriterSchema(ProtoSchemaConverter.convert(descriptor))
                .setRows(rows(descriptor, value));
        if (value.equals("1")) {
            request.getOffsetBuilder().setValue(0);
        }
        return request.build();
    }

    @Test
    void defaultsFillUnknownColumnsAndMissingValuesOnRequest() throws Exception {
        TableRef table = bigquery.table(
                "t",
                field("id", "INTEGER"),
                field("kind", "STRING").setDefaultValueExpression("'new'"),
                field("at", "TIMESTAMP").setDefaultValueExpression("CURRENT_TIMESTAMP()"));
        Descriptor narrow = bigquery.descriptor(bigquery.table("narrow", field("id", "INTEGER")));
        Descriptor wide = bigquery.descriptor(table);
        String stream = table.path() + "/streams/_default";
        try (StreamWriter writer = bigquery.writer(stream, narrow)) {
            get(writer.append(rows(narrow, 1L)));
        }
        try (StreamWriter writer = bigquery.writer(stream, wide)) {
            get(writer.append(rows(wide, 2L)));
        }
        try (StreamWriter writer = StreamWriter.newBuilder(stream, bigquery.client)
                .setWriterSchema(ProtoSchemaConverter.convert(wide))
                .setDefaultMissingValueInterpretation(AppendRowsRequest.MissingValueInterpretation.DEFAULT_VALUE)
                .setMissingValueInterpretationMap(
                        Map.of("KIND", AppendRowsRequest.MissingValueInterpretation.NULL_VALUE))
                .build()) {
            get(writer.append(rows(wide, 3L)));
        }
        assertThat(
                        bigquery.query(
                                table,
                                "SELECT concat_ws('|', id, coalesce(kind, 'NULL'), coalesce(CAST(\"at\" AS VARCHAR), 'NULL')) FROM $t ORDER BY id"))
                .containsExactly("1|new|2026-06-15 12:00:00+00", "2|NULL|NULL", "3|NULL|2026-06-15 12:00:00+00");
    }

    @Test
    void defaultStreamOfDailyTableAcceptsPartitionDecorator() throws Exception {
        TableRef table = bigquery.table(new Table()
                .setTableReference(TableRef.of(WriteFixture.DATASET, "days").toReference())
                .setSchema(new TableSchema().setFields(List.of(field("a", "STRING"))))
                .setTimePartitioning(new TimePartitioning().setType("DAY")));
        Descriptor descriptor = bigquery.descriptor(table);
        try (StreamWriter writer = bigquery.writer(table.path() + "$20260601/streams/_default", descriptor)) {
            get(writer.append(rows(descriptor, "decorated")));
        }
        try (StreamWriter writer = bigquery.writer(table.path() + "/streams/_default", descriptor)) {
            get(writer.append(rows(descriptor, "today")));
        }
        assertThat(bigquery.query(table, "SELECT a || ' ' || CAST(_PARTITIONTIME AS VARCHAR) FROM $t ORDER BY a"))
                .containsExactly("decorated 2026-06-01 00:00:00+00", "today 2026-06-15 00:00:00+00");

        String early = table.path() + "$20260514/streams/_default";
        assertThat(defaultRefusal(early, descriptor))
                .isEqualTo(
                        "INVALID_ARGUMENT: The destination table's partition days$20260514 is outside the allowed bounds. You can only"
                                + " stream to partitions within 31 days in the past and 16 days in the future relative to the current date. Entity: "
                                + early);
        String wrong = table.path() + "$2026/streams/_default";
        assertThat(defaultRefusal(wrong, descriptor))
                .isEqualTo(
                        "INVALID_ARGUMENT: Invalid partition decorator $2026 for a table partitioned by DAY. Entity: "
                                + wrong);
        TableRef plain = bigquery.table("plain", field("a", "STRING"));
        String decorated = plain.path() + "$20260601/streams/_default";
        assertThat(defaultRefusal(decorated, descriptor))
                .isEqualTo(
                        "INVALID_ARGUMENT: The partition decorator $20260601 can only be used with a table partitioned by day of ingestion."
                                + " Entity: " + decorated);
    }

    private String defaultRefusal(String stream, Descriptor descriptor) throws Exception {
        try (StreamWriter writer = bigquery.writer(stream, descriptor)) {
            get(writer.append(rows(descriptor, "x")));
            return "";
        } catch (ExecutionException e) {
            return String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
        }
    }
}
