@NullMarked
package io.catalogconnect.bigquery.convert;

import org.jspecify.annotations.NullMarked;
