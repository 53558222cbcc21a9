package io.catalogconnect.localbigquery.avro;

/** An Avro file is damaged, exceeds a limit, or has a schema that cannot be loaded. */
public final class AvroException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AvroException(String message) {
        super(message);
    }

    /** The schema is valid in Avro, but local-bigquery cannot load it. */
    static AvroException unsupported(String field, String type) {
        return new AvroException(
                "Unsupported: local-bigquery cannot load field " + field + " of an Avro file: " + type);
    }
}
