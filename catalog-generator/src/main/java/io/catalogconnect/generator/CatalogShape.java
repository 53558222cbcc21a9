package io.catalogconnect.generator;

import java.util.Set;

/**
 * The parameters of a catalogue. The same shape gives the same bytes on any machine.
 *
 * @param rows number of data rows with the malformed ones; 0 gives only a header
 * @param seed decides every value
 * @param quirks unusual cases to include; one that makes rows malformed affects about one row in fifty
 */
public record CatalogShape(long rows, long seed, Set<Quirk> quirks) {
    public CatalogShape {
        if (rows < 0) {
            throw new IllegalArgumentException("rows is " + rows + "; it must be 0 or more");
        }
        quirks = Set.copyOf(quirks);
    }

    /** A catalogue without unusual cases. */
    public static CatalogShape clean(long rows, long seed) {
        return new CatalogShape(rows, seed, Set.of());
    }
}
