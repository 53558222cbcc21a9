/** Asks the dry run, a separate process with the plugins, what they make of a file. */
@NullMarked
package io.catalogconnect.localstack.dryrun;

import org.jspecify.annotations.NullMarked;
