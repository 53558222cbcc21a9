package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.live.LiveException;
import java.util.EnumMap;
import java.util.Map;

/** Reads from services, and collects the errors of those that do not answer. A service is not asked again. Not thread-safe. */
final class Outages {
    private final Map<Service, String> messages = new EnumMap<>(Service.class);

    /** A request to a service. */
    interface Reading<T> {
        /** Sends it. */
        T read() throws InterruptedException;
    }

    /** Reads a value; the other one if the service does not answer. */
    <T> T read(Service service, Reading<T> reading, T otherwise) throws InterruptedException {
        if (!messages.containsKey(service)) {
            try {
                return reading.read();
            } catch (LiveException e) {
                messages.put(service, String.valueOf(e.getMessage()));
            }
        }
        return otherwise;
    }

    /** The error of each service that does not answer. */
    Map<Service, String> messages() {
        return messages;
    }
}
