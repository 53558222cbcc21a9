/**
 * The classes that Connect instantiates: connector and task. The packages below hold the configuration, the flow of records
 * to lanes, the conversion to rows, and the writing.
 */
@NullMarked
package io.catalogconnect.bigquery;

import org.jspecify.annotations.NullMarked;
