package io.catalogconnect.bigquery.convert;

import org.jspecify.annotations.Nullable;

/** A record cannot be written to a BigQuery table; the message names the field and never contains its value. */
public final class ConversionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConversionException(String message) {
        super(message);
    }

    ConversionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
