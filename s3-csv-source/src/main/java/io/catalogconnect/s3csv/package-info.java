/**
 * The classes that Connect instantiates: the connector and its task. Both delegate: configuration is in {@code config}, the
 * flow of records in {@code flow}, reading in {@code read}.
 */
@NullMarked
package io.catalogconnect.s3csv;

import org.jspecify.annotations.NullMarked;
