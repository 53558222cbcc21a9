package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.catalogctl.context.Context;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.DeliveredObject;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.contract.render.Connector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists a bucket with the code of the source plugin, so that exactly those objects are found that the source reads. The
 * credentials are those of this machine, or values of the context. A listing is kept for some seconds. Not thread-safe.
 */
final class PluginBucket implements Bucket {
    private static final Duration LIFE = Duration.ofSeconds(10);

    private final Connector source;
    private final Context context;
    private final Clock clock;
    private List<DeliveredObject> listed = List.of();
    private Instant until = Instant.MIN;

    PluginBucket(Connector source, Context context, Clock clock) {
        this.source = source;
        this.context = context;
        this.clock = clock;
    }

    @Override
    public List<DeliveredObject> objects() {
        if (clock.instant().isAfter(until)) {
            listed = list();
            until = clock.instant().plus(LIFE);
        }
        return listed;
    }

    private List<DeliveredObject> list() {
        ObjectNode config = new ObjectMapper().createObjectNode();
        try {
            for (var entry : source.config().entrySet()) {
                boolean isOfBucket = entry.getKey().startsWith("s3.");
                config.put(entry.getKey(), isOfBucket ? context.resolve(entry.getValue()) : entry.getValue());
            }
            List<DeliveredObject> objects = new ArrayList<>();
            for (JsonNode object : PluginCode.list(config).path("objects")) {
                objects.add(new DeliveredObject(
                        object.path("uri").asText(),
                        object.path("etag").asText(),
                        object.path("size").asLong(),
                        Instant.parse(object.path("lastModified").asText()),
                        object.path("date").asText(),
                        object.path("lane").asInt()));
            }
            return objects;
        } catch (ContextException | ContractException e) {
            throw new LiveException(String.valueOf(e.getMessage()), e);
        }
    }
}
