@NullMarked
package io.catalogconnect.bigquery.flow;

import org.jspecify.annotations.NullMarked;
