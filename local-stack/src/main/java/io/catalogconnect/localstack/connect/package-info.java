/**
 * The Connect worker process and its REST API.
 */
@NullMarked
package io.catalogconnect.localstack.connect;

import org.jspecify.annotations.NullMarked;
