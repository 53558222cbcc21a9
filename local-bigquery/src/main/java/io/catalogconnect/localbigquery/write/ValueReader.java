package io.catalogconnect.localbigquery.write;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/** Reads a value of a protocol buffer field as a value of a column. */
@FunctionalInterface
interface ValueReader {
    /**
     * Reads one value, after the tag of the field.
     *
     * @throws io.catalogconnect.localbigquery.store.BadValueException when the value is not valid for the column's type
     */
    Object read(CodedInputStream in) throws IOException;
}
