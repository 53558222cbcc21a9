/** Renders the resources of a contract as files. Contains no access to a service. */
@NullMarked
package io.catalogconnect.contract.render;

import org.jspecify.annotations.NullMarked;
