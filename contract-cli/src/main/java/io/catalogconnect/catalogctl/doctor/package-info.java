/** Finds settings of an environment that keep a product from working. Changes nothing. */
@NullMarked
package io.catalogconnect.catalogctl.doctor;

import org.jspecify.annotations.NullMarked;
