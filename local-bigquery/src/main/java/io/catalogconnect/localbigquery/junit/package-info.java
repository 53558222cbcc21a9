/**
 * local-bigquery for JUnit 5 tests: {@link io.catalogconnect.localbigquery.junit.WithLocalBigQuery}. The annotation is not called
 * {@code LocalBigQuery}, because a test that uses it names the class of that name too. JUnit is not among this module's run-time
 * dependencies: a test has it anyway.
 */
@NullMarked
package io.catalogconnect.localbigquery.junit;

import org.jspecify.annotations.NullMarked;
