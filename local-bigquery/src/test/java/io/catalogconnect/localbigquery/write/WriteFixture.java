package io.catalogconnect.localbigquery.write;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.cloud.bigquery.storage.v1.BQTableSchemaToProtoDescriptor;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import io.catalogconnect.localbigquery.TemporaryFolder;
import io.catalogconnect.localbigquery.TestClients;
import io.catalogconnect.localbigquery.access.Permissions;
import io.catalogconnect.localbigquery.fault.Faults;
import io.catalogconnect.localbigquery.store.DatasetRef;
import io.catalogconnect.localbigquery.store.TableRef;
import io.catalogconnect.localbigquery.store.Warehouse;
import io.catalogconnect.testkit.MovableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Storage Write server, and a client of Google that is connected to it. As a static field it serves all tests of a class, with an empty
 * dataset for each test. As an instance field it is a new server for each test.
 */
final class WriteFixture implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final DatasetRef DATASET = new DatasetRef("p", "d");

    final MovableClock clock = new MovableClock(Instant.parse("2026-06-15T12:00:00Z"));
    final Faults faults = new Faults();

    @SuppressWarnings("NullAway.Init")
    Warehouse warehouse;

    @SuppressWarnings("NullAway.Init")
    WriteServer server;

    @SuppressWarnings("NullAway.Init")
    BigQueryWriteClient client;

    @SuppressWarnings("NullAway.Init")
    private TemporaryFolder folder;

    private boolean shared;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        shared = true;
        folder = TemporaryFolder.create();
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException, SQLException {
        if (!shared) {
            folder = TemporaryFolder.create();
            start();
        }
        reset();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException, SQLException {
        if (!shared) {
            stop();
            folder.close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, SQLException {
        stop();
        folder.close();
    }

    /** Stops the server, and starts it again with the same file and without faults. */
    void restart() throws IOException, SQLException {
        stop();
        faults.clear();
        start();
    }

    private void start() throws IOException, SQLException {
        warehouse = Warehouse.open(folder.database(), clock, null);
        server = WriteServer.start(
                warehouse,
                faults,
                new Permissions(),
                List.of(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = TestClients.storage(endpoint());
    }

    private void stop() throws SQLException {
        client.close();
        server.close();
        warehouse.close();
    }

    private void reset() throws SQLException {
        faults.clear();
        warehouse.inTransaction(session -> {
            if (session.catalog().dataset(DATASET).isPresent()) {
                session.dropDataset(DATASET, true);
            }
            return session.createDataset(new Dataset().setDatasetReference(DATASET.toReference()));
        });
    }

    String endpoint() {
        return "127.0.0.1:" + server.port();
    }

    TableRef table(String name, TableFieldSchema... fields) throws SQLException {
        return table(new Table()
                .setTableReference(TableRef.of(DATASET, name).toReference())
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
        return TestClients.stream(client, table.path(), type);
    }

    Descriptor descriptor(TableRef table) throws DescriptorValidationException {
        return BQTableSchemaToProtoDescriptor.convertBQTableSchemaToProtoDescriptor(
                TableSchemas.of(warehouse.catalog().requireTable(table)));
    }

    StreamWriter writer(String stream, Descriptor descriptor) throws IOException {
        return TestClients.writer(client, stream, descriptor);
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
}
