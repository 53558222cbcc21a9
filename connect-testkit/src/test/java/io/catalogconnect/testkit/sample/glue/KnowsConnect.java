package io.catalogconnect.testkit.sample.glue;

import org.apache.kafka.connect.source.SourceRecord;

public final class KnowsConnect {
    public String topicOf(SourceRecord sourceRecord) {
        return sourceRecord.topic();
    }
}
