@NullMarked
package io.catalogconnect.bigquery;

import org.jspecify.annotations.NullMarked;
