/** Output for terminals. */
@NullMarked
package io.catalogconnect.toolkit.terminal;

import org.jspecify.annotations.NullMarked;
