/** Checks the keys of connectors with the definitions of their plugins. Sends no request. */
@NullMarked
package io.catalogconnect.dryrun.check;

import org.jspecify.annotations.NullMarked;
