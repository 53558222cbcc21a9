package io.catalogconnect.generator;

import java.util.Set;

/**
 * Which catalogue to make. The same shape gives the same bytes, on any machine.
 *
 * @param rows data rows, bad ones included; 0 gives a header alone
 * @param seed decides every value
 * @param quirks the nasty cases to include; each bad one spoils about one row in fifty
 */
public record CatalogShape(long rows, long seed, Set<Quirk> quirks) {
    public CatalogShape {
        if (rows < 0) {
            throw new IllegalArgumentException("rows is " + rows + "; it must be 0 or more");
        }
        quirks = Set.copyOf(quirks);
    }

    /** A catalogue without nasty cases. */
    public static CatalogShape clean(long rows, long seed) {
        return new CatalogShape(rows, seed, Set.of());
    }
}
