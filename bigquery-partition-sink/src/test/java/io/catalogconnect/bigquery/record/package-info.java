@NullMarked
package io.catalogconnect.bigquery.record;

import org.jspecify.annotations.NullMarked;
