package io.catalogconnect.s3csv.csv;

import java.io.IOException;

/** A record has more bytes than allowed. */
final class RecordTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    RecordTooLongException(long limit) {
        super("is longer than csv.max.record.bytes (" + limit + "), as after a quote that never closes");
    }
}
