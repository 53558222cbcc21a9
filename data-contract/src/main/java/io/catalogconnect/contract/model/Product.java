package io.catalogconnect.contract.model;

import java.util.Map;
import java.util.Optional;

/**
 * The custom property {@code catalogConnect} of a contract.
 *
 * @param delivery {@code append} or {@code replace}: the effect of a file that is delivered again
 * @param unit {@code partition} or {@code table}: what a file replaces
 * @param recordName full name of the Avro record
 * @param rejects handling of malformed rows: to fail, to skip, or to send them to a topic
 * @param personalData {@code none}, {@code indirect} or {@code direct}
 * @param pseudonymSecret placeholder of the secret for pseudonyms; empty for none
 * @param settings keys of the connectors that the contract has no word for
 */
public record Product(
        String delivery,
        String unit,
        String recordName,
        String sourceConnector,
        String sinkConnector,
        TopicSettings topics,
        String rejects,
        Map<String, String> labels,
        String personalData,
        String licence,
        String legalBasis,
        String pseudonymSecret,
        ConnectorSettings settings,
        Places places) {

    /**
     * Settings of all topics.
     *
     * @param retention such as {@code 7d}; empty if absent
     * @param events topic of the object events; empty for none
     * @param rejects topic of malformed rows; empty for none
     */
    public record TopicSettings(
            int partitions, int replication, String retention, String events, String rejects, Places places) {
        /** The retention; empty if it is absent or not valid. */
        public Optional<TimeSpan> retentionSpan() {
            return TimeSpan.parse(retention);
        }
    }

    /** Keys of the source and of the sink. */
    public record ConnectorSettings(Map<String, String> source, Map<String, String> sink, Places places) {}
}
