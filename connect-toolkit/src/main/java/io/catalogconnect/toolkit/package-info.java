/** Clients and terminal output that the command lines share. Contains no command. */
@NullMarked
package io.catalogconnect.toolkit;

import org.jspecify.annotations.NullMarked;
