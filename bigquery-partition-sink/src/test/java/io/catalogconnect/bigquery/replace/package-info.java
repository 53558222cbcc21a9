@NullMarked
package io.catalogconnect.bigquery.replace;

import org.jspecify.annotations.NullMarked;
