package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.record.ObjectEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a stored offset that no row carries. Immutable.
 *
 * @param event kind of the event that carries it
 * @param subject the key of the object, or the lane
 * @param offset null to delete the stored offset
 */
public record OffsetMove(
        ObjectEvent.Kind event,
        String subject,
        Map<String, String> partition,
        @Nullable Map<String, Object> offset) {}
