package io.catalogconnect.localbigquery.avro;

import org.jspecify.annotations.Nullable;

/** Reads one value of a type, in the Java type that {@code FieldType} lists. */
@FunctionalInterface
interface AvroValue {

    @Nullable
    Object read(AvroInput in);
}
