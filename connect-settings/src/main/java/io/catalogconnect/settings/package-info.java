/**
 * The configuration dialect of all plugins: tables of settings, read once into typed values, with every error reported at
 * once. Knows nothing about any plugin's keys.
 */
@NullMarked
package io.catalogconnect.settings;

import org.jspecify.annotations.NullMarked;
