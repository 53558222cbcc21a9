package io.catalogconnect.localbigquery.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts an empty local BigQuery on free ports for a test class. Constructors, tests and lifecycle methods receive it as a parameter of
 * type {@link io.catalogconnect.localbigquery.LocalBigQuery}. It starts when it is first requested and stops after the last test of the
 * class.
 *
 * <pre>{@code
 * @WithLocalBigQuery
 * class SinkIT {
 *     @Test
 *     void rowsArrive(LocalBigQuery bigquery) { ... }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalBigQueryExtension.class)
public @interface WithLocalBigQuery {}
