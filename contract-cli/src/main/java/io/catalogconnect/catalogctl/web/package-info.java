/** Serves the state of a data product as a page on the loopback interface. */
@NullMarked
package io.catalogconnect.catalogctl.web;

import org.jspecify.annotations.NullMarked;
