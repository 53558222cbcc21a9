package io.catalogconnect.s3csv.assign;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of stored progress that no row carries.
 *
 * @param event what it is, for the event that carries it
 * @param subject what it is about: an object's key or a lane
 * @param offset null to delete
 */
public record OffsetMove(
        String event,
        String subject,
        Map<String, String> partition,
        @Nullable Map<String, Object> offset) {}
