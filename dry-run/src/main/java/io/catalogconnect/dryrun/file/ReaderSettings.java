package io.catalogconnect.dryrun.file;

import io.catalogconnect.s3csv.config.SourceSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the source for a dry run: malformed rows are counted instead of stopping the reader. */
public final class ReaderSettings {
    private static final Map<String, String> COUNT_MALFORMED_ROWS = Map.of(
            "bad.rows", "topic",
            "bad.rows.topic", "malformed-rows",
            "bad.rows.max", "-1",
            "bad.rows.max.ratio", "1",
            "bad.rows.show.cells", "true");
    private static final Map<String, String> PLACEHOLDERS = Map.of("s3.bucket", "bucket", "topic", "topic");

    private ReaderSettings() {}

    /**
     * Parses keys of the source.
     *
     * @param keys the keys that are known; bucket and topic may be absent
     */
    public static SourceSettings of(Map<String, String> keys) throws BadInputException {
        Map<String, String> all = new HashMap<>(PLACEHOLDERS);
        all.putAll(keys);
        all.putAll(COUNT_MALFORMED_ROWS);
        try {
            return SourceSettings.parse(all);
        } catch (ConfigException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }
}
