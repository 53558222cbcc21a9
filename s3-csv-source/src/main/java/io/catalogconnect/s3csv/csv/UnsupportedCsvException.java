package io.catalogconnect.s3csv.csv;

import java.io.IOException;

/** The whole stream is of a kind that is not read, whatever its records are. */
public final class UnsupportedCsvException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnsupportedCsvException(String message) {
        super(message);
    }
}
