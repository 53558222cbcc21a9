package io.catalogconnect.s3csv.record;

import java.util.Locale;
import org.apache.kafka.connect.data.Schema;

/** Names of types in the reference page of the records. */
final class ContractTypes {

    private ContractTypes() {}

    static String nameOf(Schema schema) {
        String name = schema.name();
        return name == null
                ? schema.type().name().toLowerCase(Locale.ROOT)
                : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
