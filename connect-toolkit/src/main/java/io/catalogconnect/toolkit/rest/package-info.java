/** Kafka Connect's REST API, and the definitions of connectors. */
@NullMarked
package io.catalogconnect.toolkit.rest;

import org.jspecify.annotations.NullMarked;
