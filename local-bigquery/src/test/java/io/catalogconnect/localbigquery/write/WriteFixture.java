package io.catalogconnect.localbigquery.write;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.cloud.bigquery.storage.v1.BQTableSchemaToProtoDescriptor;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoSchemaConverter;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import io.catalogconnect.localbigquery.fault.Faults;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A Storage Write server with a separate file, and a client of Google that is connected to it. */
final class WriteFixture implements AutoCloseable {
    static final DatasetRef DATASET = new DatasetRef("p", "d");

    final Warehouse warehouse;
    final Faults faults = new Faults();
    final WriteServer server;
    final BigQueryWriteClient client;

    WriteFixture(Path folder, Clock clock) throws IOException, SQLException {
        warehouse = Warehouse.open(folder.resolve("warehouse.duckdb"), clock, null);
        server = WriteServer.start(warehouse, faults, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = BigQueryWriteClient.create(settings(server.port()));
        if (warehouse.catalog().dataset(DATASET).isEmpty()) {
            warehouse.inTransaction(
                    session -> session.createDataset(new Dataset().setDatasetReference(DATASET.toReference())));
        }
    }

    /** Takes away all tables and faults, so that tests can share a server. */
    void empty() throws SQLException {
        faults.clear();
        warehouse.inTransaction(session -> {
            session.dropDataset(DATASET, true);
            return session.createDataset(new Dataset().setDatasetReference(DATASET.toReference()));
        });
    }

    static BigQueryWriteSettings settings(int port) throws IOException {
        InstantiatingGrpcChannelProvider channel = BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint("127.0.0.1:" + port)
                .setChannelConfigurator(builder -> builder.usePlaintext())
                .build();
        return BigQueryWriteSettings.newBuilder()
                .setTransportChannelProvider(channel)
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setEndpoint("127.0.0.1:" + port)
                .build();
    }

    TableRef table(String name, TableFieldSchema... fields) throws SQLException {
        return table(new Table()
                .setTableReference(DATASET.table(name).toReference())
                .setSchema(new TableSchema().setFields(List.of(fields))));
    }

    TableRef table(Table table) throws SQLException {
        return warehouse.inTransaction(session -> session.createTable(table)).ref();
    }

    /** Patches a table as the REST API would. */
    void addColumn(TableRef table, TableFieldSchema field) throws SQLException {
        warehouse.inTransaction(session -> {
            Table resource = session.catalog().requireTable(table).resource();
            List<TableFieldSchema> fields = new ArrayList<>(resource.getSchema().getFields());
            fields.add(field);
            return session.updateTable(resource.setSchema(new TableSchema().setFields(fields)));
        });
    }

    static TableFieldSchema field(String name, String type) {
        return new TableFieldSchema().setName(name).setType(type);
    }

    WriteStream stream(TableRef table, WriteStream.Type type) {
        return client.createWriteStream(CreateWriteStreamRequest.newBuilder()
                .setParent(table.path())
                .setWriteStream(WriteStream.newBuilder().setType(type))
                .build());
    }

    Descriptor descriptor(TableRef table) throws DescriptorValidationException {
        return BQTableSchemaToProtoDescriptor.convertBQTableSchemaToProtoDescriptor(
                TableSchemas.of(warehouse.catalog().requireTable(table)));
    }

    StreamWriter writer(String stream, Descriptor descriptor) throws IOException {
        return StreamWriter.newBuilder(stream, client)
                .setWriterSchema(ProtoSchemaConverter.convert(descriptor))
                .build();
    }

    /** The rows of a query over the table, each as DuckDB prints it. */
    List<String> query(TableRef table, String select) throws SQLException {
        return warehouse.read(session -> {
            String from = session.catalog().requireTable(table).sqlName();
            List<String> found = new ArrayList<>();
            try (Statement statement = session.connection().createStatement();
                    ResultSet rows = statement.executeQuery(select.replace("$t", from))) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        });
    }

    @Override
    public void close() throws SQLException {
        client.close();
        server.close();
        warehouse.close();
    }
}
