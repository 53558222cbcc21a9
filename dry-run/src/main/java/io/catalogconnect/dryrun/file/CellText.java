package io.catalogconnect.dryrun.file;

import io.catalogconnect.s3csv.object.MessageText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Values of rows as people read them: control characters are escaped, and long values are shortened. */
public final class CellText {
    private static final int LONGEST = 40;

    private CellText() {}

    /** A text. */
    public static String of(String text) {
        return MessageText.of(text, LONGEST);
    }

    /** The value of a field; null for null. */
    public static @Nullable String of(Struct row, String field) {
        Object value = row.get(field);
        Schema schema = row.schema().field(field).schema();
        if (value == null) {
            return null;
        }
        if (value instanceof Date date) {
            Instant instant = date.toInstant();
            return Timestamp.LOGICAL_NAME.equals(schema.name())
                    ? instant.toString()
                    : instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
        }
        if (value instanceof byte[] bytes) {
            return of(Base64.getEncoder().encodeToString(bytes));
        }
        return of(value.toString());
    }
}
