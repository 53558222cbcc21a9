package io.catalogconnect.transforms;

import java.util.StringJoiner;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Errors about one record: which rule, which topic, which schema, which position. Never a value of the record. */
public final class RuleFailure {
    private RuleFailure() {}

    /**
     * The error.
     *
     * @param rule which rule, in words
     * @param problem what stands in the way
     * @param advice what to do, without a full stop
     */
    public static DataException of(String rule, String problem, String advice, ConnectRecord<?> record) {
        StringJoiner where = new StringJoiner(", ", "(", ")");
        where.add("topic " + record.topic());
        where.add("schema " + describe(record.valueSchema()));
        if (record instanceof SinkRecord sink) {
            where.add("record " + sink.originalTopic() + "-" + sink.originalKafkaPartition() + "@"
                    + sink.originalKafkaOffset());
        } else if (record instanceof SourceRecord source) {
            where.add("source " + source.sourcePartition() + " at " + source.sourceOffset());
        }
        return new DataException(
                "The " + rule + " has no answer for a record " + where + ": " + problem + ". " + advice + ".");
    }

    private static String describe(@Nullable Schema schema) {
        if (schema == null) {
            return "none";
        }
        String name = schema.name() == null ? schema.type().getName() : schema.name();
        return schema.version() == null ? name : name + " version " + schema.version();
    }
}
