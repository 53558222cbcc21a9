/** The state of a data product in an environment, and what needs a person. Changes nothing. */
@NullMarked
package io.catalogconnect.catalogctl.status;

import org.jspecify.annotations.NullMarked;
