/**
 * Speaks Connect's source API, and nothing else does: the connector validates and hands out lanes, the task turns items into
 * records with offsets and says where transactions end. What is read, and how, is decided in the packages below.
 */
@NullMarked
package io.catalogconnect.s3csv;

import org.jspecify.annotations.NullMarked;
