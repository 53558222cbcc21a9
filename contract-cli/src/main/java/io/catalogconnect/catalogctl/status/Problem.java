package io.catalogconnect.catalogctl.status;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that needs a person.
 *
 * @param what one sentence without a full stop
 * @param since empty if it is not known
 * @param advice what to do, as complete sentences
 * @param isBlocking whether the rows of new files are not shown before it is solved
 */
public record Problem(String what, Optional<Instant> since, String advice, boolean isBlocking) {}
