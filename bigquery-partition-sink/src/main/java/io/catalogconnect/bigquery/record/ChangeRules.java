package io.catalogconnect.bigquery.record;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How records change rows by primary key.
 *
 * @param keySource where the columns of the primary key are
 * @param keyColumns columns of the primary key; empty for all fields of the record key
 * @param versionColumn column that orders the changes of a key; empty to order them by their Kafka position
 * @param deleteWhen values that delete a row; empty if only tombstones do
 * @param generation number that precedes the Kafka offset in sequence numbers
 * @param maxStaleness {@code max_staleness} of new tables; empty if it is not set
 */
public record ChangeRules(
        KeySource keySource,
        List<String> keyColumns,
        Optional<String> versionColumn,
        Optional<DeleteWhen> deleteWhen,
        int generation,
        Optional<Duration> maxStaleness) {

    /** Part of a record that has the columns of the primary key. */
    public enum KeySource {
        RECORD_KEY,
        VALUE,
        HEADERS
    }

    /**
     * A field of the value and the text of its value on records that delete their row.
     */
    public record DeleteWhen(String field, String text) {}

    public ChangeRules {
        keyColumns = List.copyOf(keyColumns);
        if (keySource != KeySource.RECORD_KEY && keyColumns.isEmpty()) {
            throw new IllegalArgumentException("key columns are required unless they are in the record key");
        }
    }
}
