package io.catalogconnect.bigquery.commit;

import com.google.protobuf.DescriptorProtos.DescriptorProto;

/**
 * Format of encoded rows: the table and the descriptor that an append carries. Compared by identity, so that it is cheap
 * to decide whether two rows may share a request.
 */
public final class RowFormat {

    private final String table;
    private final DescriptorProto descriptor;

    public RowFormat(String table, DescriptorProto descriptor) {
        this.table = table;
        this.descriptor = descriptor;
    }

    public String table() {
        return table;
    }

    public DescriptorProto descriptor() {
        return descriptor;
    }
}
