/**
 * The commands of {@code ./pipeline}: arguments, output and exit codes.
 */
@NullMarked
package io.catalogconnect.localstack.cli;

import org.jspecify.annotations.NullMarked;
