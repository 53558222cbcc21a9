package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.io.IOException;
import java.io.InputStream;

/** The decoded bytes of an object from a position on. */
@FunctionalInterface
public interface ObjectBytes {

    InputStream open(ObjectRef object, long fromByte) throws IOException;
}
