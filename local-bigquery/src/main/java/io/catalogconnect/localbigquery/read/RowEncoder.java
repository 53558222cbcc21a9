package io.catalogconnect.localbigquery.read;

import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.gson.JsonArray;
import java.util.List;

/** The format of the rows of a read session. Immutable and thread-safe. */
interface RowEncoder {

    /** Adds the schema of the rows to the session. */
    void describe(ReadSession.Builder session);

    /** Adds the schema of the rows to the first response of a stream. */
    void describe(ReadRowsResponse.Builder response);

    /** Adds rows to a response. The values of a row are in the order of the columns, and in the format of {@code WireFormat}. */
    void encode(List<JsonArray> rows, ReadRowsResponse.Builder response);
}
