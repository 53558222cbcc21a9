package io.catalogconnect.transforms.rule;

import java.util.StringJoiner;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Creates exceptions about one record. The message names rule, topic, schema and position, and never contains a value. */
public final class RuleFailure {
    private RuleFailure() {}

    /**
     * Creates an exception.
     *
     * @param failure what failed, without a full stop, for example "The pseudonym of field 'email' cannot be computed"
     * @param problem the reason
     * @param advice the correction, without a full stop
     */
    public static DataException of(String failure, String problem, String advice, ConnectRecord<?> record) {
        StringJoiner where = new StringJoiner(", ", "(", ")");
        where.add("topic " + record.topic());
        where.add("schema " + describe(record.valueSchema()));
        if (record instanceof SinkRecord sink) {
            where.add("record " + sink.originalTopic() + "-" + sink.originalKafkaPartition() + "@"
                    + sink.originalKafkaOffset());
        } else if (record instanceof SourceRecord source) {
            where.add("source " + source.sourcePartition() + " at " + source.sourceOffset());
        }
        return new DataException(failure + " for a record " + where + ": " + problem + ". " + advice + ".");
    }

    static DataException notEvaluated(Rule rule, String problem, String advice, ConnectRecord<?> record) {
        return of("The " + rule.title() + " cannot be evaluated", problem, advice, record);
    }

    private static String describe(@Nullable Schema schema) {
        if (schema == null) {
            return "none";
        }
        String name = schema.name() == null ? schema.type().getName() : schema.name();
        return schema.version() == null ? name : name + " version " + schema.version();
    }
}
