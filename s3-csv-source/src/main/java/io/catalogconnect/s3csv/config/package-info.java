/**
 * The connector's configuration: tables of keys, and the immutable settings that a configuration is parsed into. Nothing
 * outside of this package reads a key.
 */
@NullMarked
package io.catalogconnect.s3csv.config;

import org.jspecify.annotations.NullMarked;
