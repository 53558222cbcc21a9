package io.catalogconnect.bigquery.replace;

/**
 * Version whose end marker arrived, and the rows that must have arrived before it.
 *
 * @param version the version
 * @param minimumRows the version is complete only if the history has at least this many of its rows
 */
public record ExpectedVersion(ObjectVersion version, long minimumRows) {}
