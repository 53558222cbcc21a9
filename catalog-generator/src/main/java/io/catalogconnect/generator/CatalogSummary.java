package io.catalogconnect.generator;

/**
 * What a generated catalogue holds, counted while it was made.
 *
 * @param rows data rows, bad ones included
 * @param badRows rows that cannot become a product: too short, too long, or with a bad number
 * @param withImage good rows with an image that is not blank
 * @param samsungAfter2000WithoutImage good rows of the brand Samsung, released after 2000, without an image
 */
public record CatalogSummary(long rows, long badRows, long withImage, long samsungAfter2000WithoutImage) {}
