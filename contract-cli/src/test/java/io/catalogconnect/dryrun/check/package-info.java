@NullMarked
package io.catalogconnect.dryrun.check;

import org.jspecify.annotations.NullMarked;
