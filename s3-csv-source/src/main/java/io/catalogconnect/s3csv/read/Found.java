package io.catalogconnect.s3csv.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What the next record of an object turned out to be. */
sealed interface Found {

    /** The number of its row. */
    long row();

    /** Where it begins. */
    long start();

    /** A row to deliver: a value, or null with the bytes of a bad row. */
    record Deliverable(long row, long start, @Nullable Struct value, ByteBuffer bytes, String column, String reason)
            implements Found {}

    /** A bad row where there may be none. */
    record Forbidden(long row, long start, String message) implements Found {}

    /** The bad row that makes the object bad. */
    record TooManyBad(long row, long start, String message) implements Found {}

    /** The end of an object that has too many bad rows for its size. */
    record BadEnd(long row, long start, String message) implements Found {}

    /** The bytes could not be had; every row in front could. */
    record Broken(long row, long start, IOException failure) implements Found {}

    /** The end of the object. */
    record End(long row, long start) implements Found {}
}
