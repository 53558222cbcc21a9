package io.catalogconnect.localbigquery.write;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/** Reads one value of a protocol buffer field as a value of a column. */
@FunctionalInterface
interface ValueReader {
    /**
     * Reads one value; the field's tag has been read.
     *
     * @throws io.catalogconnect.localbigquery.store.BadValueException when the column's type has no such value
     */
    Object read(CodedInputStream in) throws IOException;
}
