/** Finds out how a CSV file is written, and proposes a configuration of the S3 CSV source for it. */
@NullMarked
package io.catalogconnect.dryrun.inspect;

import org.jspecify.annotations.NullMarked;
