/**
 * The condition language: a text in Google's Common Expression Language becomes an answer about one record.
 *
 * <p>Here live parsing, checking, errors with line, column and caret, and evaluation over a {@code Struct} or a
 * schemaless {@code Map}. What happens to the record then (keep, route, tag) lives one package up.
 */
@NullMarked
package io.catalogconnect.transforms.condition;

import org.jspecify.annotations.NullMarked;
