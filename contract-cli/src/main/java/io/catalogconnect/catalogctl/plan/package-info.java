/** The difference between a contract and the services. Pure: reads nothing itself. */
@NullMarked
package io.catalogconnect.catalogctl.plan;

import org.jspecify.annotations.NullMarked;
