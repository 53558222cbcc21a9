package io.catalogconnect.dryrun.inspect;

/**
 * A cell that is not of its column's type.
 *
 * @param row number of its row
 * @param text the cell, escaped and shortened
 */
record MalformedCell(long row, String text) {}
