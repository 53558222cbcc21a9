package io.catalogconnect.s3csv.assign;

import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.offset.SourcePartition;
import java.util.Collection;
import java.util.Map;

/** Stored progress. */
@FunctionalInterface
public interface ProgressLookup {

    /** The progress of those that have any. */
    Map<SourcePartition, SourceOffset> of(Collection<SourcePartition> partitions);
}
