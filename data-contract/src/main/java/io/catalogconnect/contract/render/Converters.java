package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.KafkaServer;
import java.util.Map;

/** The converters of a connector. With JSON, those of the worker are used. */
final class Converters {
    private Converters() {}

    static void put(KafkaServer stream, Map<String, String> config) {
        if (stream.format().equals("avro")) {
            config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
            config.put("value.converter", "io.confluent.connect.avro.AvroConverter");
            config.put("value.converter.schema.registry.url", stream.schemaRegistry());
        }
    }
}
