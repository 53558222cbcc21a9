/**
 * The JUnit 5 extension of local-bigquery: {@link io.catalogconnect.localbigquery.junit.WithLocalBigQuery}. The annotation is not called
 * {@code LocalBigQuery}, because tests also use the class of that name. JUnit is not a run-time dependency of this module, because tests
 * have it already.
 */
@NullMarked
package io.catalogconnect.localbigquery.junit;

import org.jspecify.annotations.NullMarked;
