/** Ports: the services that catalogctl reads and changes. */
@NullMarked
package io.catalogconnect.catalogctl.live;

import org.jspecify.annotations.NullMarked;
