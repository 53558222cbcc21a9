/** local-bigquery as a whole: as a process, under SIGKILL, with little memory. */
@NullMarked
package io.catalogconnect.localbigquery;

import org.jspecify.annotations.NullMarked;
