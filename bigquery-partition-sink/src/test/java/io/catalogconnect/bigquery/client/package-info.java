@NullMarked
package io.catalogconnect.bigquery.client;

import org.jspecify.annotations.NullMarked;
