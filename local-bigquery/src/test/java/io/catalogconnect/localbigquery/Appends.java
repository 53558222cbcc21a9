package io.catalogconnect.localbigquery;

import com.google.api.core.ApiFuture;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import java.util.concurrent.TimeUnit;

/** Requests of the Storage Write API, and their answers. */
public final class Appends {
    private Appends() {}

    /** Rows with the given values in the first column. */
    public static ProtoRows rows(Descriptor descriptor, Object... values) {
        ProtoRows.Builder rows = ProtoRows.newBuilder();
        for (Object value : values) {
            rows.addSerializedRows(DynamicMessage.newBuilder(descriptor)
                    .setField(descriptor.getFields().get(0), value)
                    .build()
                    .toByteString());
        }
        return rows.build();
    }

    /** The answer to an append, which must arrive within a minute. */
    public static AppendRowsResponse get(ApiFuture<AppendRowsResponse> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }
}
