package io.catalogconnect.localbigquery.read;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.ArrowRecordBatch;
import com.google.cloud.bigquery.storage.v1.ArrowSchema;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as Arrow record batches without compression. Writes the IPC format itself, because Arrow's own vectors use memory outside of the
 * heap and need {@code --add-opens}.
 */
final class ArrowRows implements RowEncoder {

    private final List<TableFieldSchema> schema;
    private final ArrowSchema arrow;

    ArrowRows(List<TableFieldSchema> schema) {
        this.schema = schema;
        this.arrow = ArrowSchema.newBuilder()
                .setSerializedSchema(ArrowMessages.schema(schema))
                .build();
    }

    @Override
    public void describe(ReadSession.Builder session) {
        session.setArrowSchema(arrow);
    }

    @Override
    public void describe(ReadRowsResponse.Builder response) {
        response.setArrowSchema(arrow);
    }

    @Override
    public void encode(List<JsonArray> rows, ReadRowsResponse.Builder response) {
        ArrowBody body = new ArrowBody();
        for (int i = 0; i < schema.size(); i++) {
            List<JsonElement> values = new ArrayList<>(rows.size());
            for (JsonArray row : rows) {
                values.add(row.get(i));
            }
            body.add(schema.get(i), values);
        }
        ByteString batch = ArrowMessages.recordBatch(rows.size(), body);
        response.setArrowRecordBatch(ArrowRecordBatch.newBuilder().setSerializedRecordBatch(batch));
        response.setUncompressedByteSize(batch.size());
    }
}
