package io.catalogconnect.bigquery.commit;

import com.google.protobuf.DescriptorProtos.DescriptorProto;

/**
 * How the bytes of a row are to be read: the descriptor that goes with an append. Compared by identity, so that
 * looking whether two rows share a request costs nothing.
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
