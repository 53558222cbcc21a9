package io.catalogconnect.localbigquery;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.TableResult;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.ProtoSchemaConverter;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.Descriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Google's clients, connected to local-bigquery, and the calls that several tests need. */
public final class TestClients {
    private TestClients() {}

    /** A client of the REST API, for project {@code p}. */
    public static BigQuery rest(String endpoint) {
        return BigQueryOptions.newBuilder()
                .setProjectId("p")
                .setHost(endpoint)
                .setCredentials(NoCredentials.getInstance())
                .setLocation("US")
                .build()
                .getService();
    }

    /** A client of the Storage Write API. */
    public static BigQueryWriteClient storage(String endpoint) throws IOException {
        return BigQueryWriteClient.create(BigQueryWriteSettings.newBuilder()
                .setTransportChannelProvider(BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                        .setEndpoint(endpoint)
                        .setChannelConfigurator(builder -> builder.usePlaintext())
                        .build())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setEndpoint(endpoint)
                .build());
    }

    /** Creates a write stream. */
    public static WriteStream stream(BigQueryWriteClient client, String table, WriteStream.Type type) {
        return client.createWriteStream(CreateWriteStreamRequest.newBuilder()
                .setParent(table)
                .setWriteStream(WriteStream.newBuilder().setType(type))
                .build());
    }

    /** A writer to a stream. */
    public static StreamWriter writer(BigQueryWriteClient client, String stream, Descriptor descriptor)
            throws IOException {
        return StreamWriter.newBuilder(stream, client)
                .setWriterSchema(ProtoSchemaConverter.convert(descriptor))
                .build();
    }

    /** The rows of a result: the values of each row, joined by a comma; NULL as {@code null}. */
    public static List<String> rows(TableResult result) {
        List<String> rows = new ArrayList<>();
        for (FieldValueList row : result.iterateAll()) {
            List<String> values = new ArrayList<>();
            for (FieldValue value : row) {
                values.add(String.valueOf(value.getValue()));
            }
            rows.add(String.join(",", values));
        }
        return rows;
    }
}
