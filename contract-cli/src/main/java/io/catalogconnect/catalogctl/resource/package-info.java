/** The resources that a contract describes, and their attributes. Contains no access to a service. */
@NullMarked
package io.catalogconnect.catalogctl.resource;

import org.jspecify.annotations.NullMarked;
