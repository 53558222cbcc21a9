@NullMarked
package io.catalogconnect.dryrun;

import org.jspecify.annotations.NullMarked;
