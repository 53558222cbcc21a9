package io.catalogconnect.generator;

/**
 * Counts of a generated catalogue.
 *
 * @param rows number of data rows with the malformed ones
 * @param badRows malformed rows: too short, too long, or with an invalid number
 * @param withImage valid rows with an image that is not blank
 * @param samsungAfter2000WithoutImage valid rows of the brand Samsung, released after 2000, without an image
 */
public record CatalogSummary(long rows, long badRows, long withImage, long samsungAfter2000WithoutImage) {}
