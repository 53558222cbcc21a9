/**
 * The commands of {@code ./pipeline}: what they take, what they print, how they end.
 */
@NullMarked
package io.catalogconnect.localstack.cli;

import org.jspecify.annotations.NullMarked;
