/**
 * A process that reads a CSV file with the plugins' reader and rule engine, and answers what they would do with it. It needs no
 * worker and writes nothing. The class path contains the plugins as they are installed.
 */
@NullMarked
package io.catalogconnect.dryrun;

import org.jspecify.annotations.NullMarked;
