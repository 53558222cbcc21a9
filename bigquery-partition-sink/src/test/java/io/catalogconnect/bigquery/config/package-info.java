@NullMarked
package io.catalogconnect.bigquery.config;

import org.jspecify.annotations.NullMarked;
