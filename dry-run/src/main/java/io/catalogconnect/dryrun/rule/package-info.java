/** Evaluates rules for the rows of a file, as transformations of a worker would for their records. */
@NullMarked
package io.catalogconnect.dryrun.rule;

import org.jspecify.annotations.NullMarked;
