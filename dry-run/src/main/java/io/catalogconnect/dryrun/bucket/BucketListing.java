package io.catalogconnect.dryrun.bucket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.s3csv.assign.DiscoveryPlan;
import io.catalogconnect.s3csv.assign.LaneAssigner;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;

/** Lists the objects that a source reads, also those that are too young to be read now. */
public final class BucketListing {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An object of the listing.
     *
     * @param lastModified as an ISO 8601 instant
     * @param date date of the file; empty if its key has none
     * @param lane source lane of the object
     */
    public record Item(String uri, String etag, long size, String lastModified, String date, int lane) {}

    private BucketListing() {}

    /** Answers one request: the configuration of a source, without placeholders, as a JSON object. */
    public static String answer(String request) throws JsonProcessingException {
        Map<String, String> config = JSON.readValue(request, new TypeReference<>() {});
        try {
            SourceSettings settings = SourceSettings.parse(config);
            try (ObjectStore store = S3ObjectStore.open(settings.s3())) {
                return JSON.writeValueAsString(
                        Map.of("objects", items(settings.discovery(), store, Clock.systemUTC())));
            }
        } catch (ConfigException | StoreException e) {
            return JSON.writeValueAsString(Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    static List<Item> items(DiscoveryPlan plan, ObjectStore store, Clock clock) throws StoreException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        // Prefixes of several days may overlap.
        Map<String, Item> items = new TreeMap<>();
        for (String prefix : plan.prefix().prefixes(today, plan.lookBackDays())) {
            String continuation = null;
            do {
                ObjectStore.Page page = store.list(prefix, continuation);
                for (ObjectRef object : page.objects()) {
                    if (plan.wants(object, Instant.MAX)) {
                        items.put(object.key(), item(plan, object));
                    }
                }
                continuation = page.next();
            } while (continuation != null);
        }
        return new ArrayList<>(items.values());
    }

    private static Item item(DiscoveryPlan plan, ObjectRef object) {
        return new Item(
                object.uri(),
                object.etag(),
                object.size(),
                object.lastModified().toString(),
                date(plan, object),
                LaneAssigner.lane(object.key()));
    }

    private static String date(DiscoveryPlan plan, ObjectRef object) {
        try {
            return plan.datePattern().fileDate(object).toString();
        } catch (DateTimeException e) {
            return "";
        }
    }
}
