package io.catalogconnect.bigquery.convert;

import org.jspecify.annotations.Nullable;

/** A record that has no place in a BigQuery table; the message names the field and never tells its value. */
public final class ConversionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConversionException(String message) {
        super(message);
    }

    ConversionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
