/** Addresses and credentials of an environment. */
@NullMarked
package io.catalogconnect.catalogctl.context;

import org.jspecify.annotations.NullMarked;
