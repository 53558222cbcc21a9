/**
 * Reading of objects, one after the other: opens and resumes them, converts their rows, applies the policy for malformed rows,
 * and adds the progress to each item. Knows neither Connect's source API nor S3.
 */
@NullMarked
package io.catalogconnect.s3csv.read;

import org.jspecify.annotations.NullMarked;
