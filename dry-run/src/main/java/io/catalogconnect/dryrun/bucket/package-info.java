/** Lists the bucket of a source with its own code. */
@NullMarked
package io.catalogconnect.dryrun.bucket;

import org.jspecify.annotations.NullMarked;
