@NullMarked
package io.catalogconnect.bigquery.table;

import org.jspecify.annotations.NullMarked;
