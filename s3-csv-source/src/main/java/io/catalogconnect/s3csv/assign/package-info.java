/**
 * Which task reads which object, and in which order. Knows listings and progress, and never opens an object.
 */
@NullMarked
package io.catalogconnect.s3csv.assign;

import org.jspecify.annotations.NullMarked;
