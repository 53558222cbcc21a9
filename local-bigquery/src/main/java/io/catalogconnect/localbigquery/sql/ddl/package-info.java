/**
 * The translation of CREATE, DROP and ALTER into resources of the REST API: columns, options, PARTITION BY. Queries inside them are translated by {@code
 * translation}; nothing here changes the catalog.
 */
@NullMarked
package io.catalogconnect.localbigquery.sql.ddl;

import org.jspecify.annotations.NullMarked;
