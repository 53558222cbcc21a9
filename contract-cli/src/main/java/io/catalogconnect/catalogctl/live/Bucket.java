package io.catalogconnect.catalogctl.live;

import java.util.List;

/** The bucket of a source. */
@FunctionalInterface
public interface Bucket {
    /**
     * The objects that the source reads, in the order of their keys.
     *
     * @throws LiveException if this machine has no access to the bucket
     */
    List<DeliveredObject> objects();
}
