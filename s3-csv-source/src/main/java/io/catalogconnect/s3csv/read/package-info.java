/**
 * One object after the other, row by row: opens, resumes, converts, decides what becomes of bad rows, and says with each row
 * how far the object is read. Knows neither Connect's source API nor who stores objects.
 */
@NullMarked
package io.catalogconnect.s3csv.read;

import org.jspecify.annotations.NullMarked;
