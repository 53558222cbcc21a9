package io.catalogconnect.localbigquery.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a BigQuery of its own, empty, on free ports. A constructor, a test or a lifecycle method gets it as a parameter of
 * type {@link io.catalogconnect.localbigquery.LocalBigQuery}; it starts when it is first asked for and ends with the class.
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
