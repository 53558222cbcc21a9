package io.catalogconnect.generator;

import java.util.EnumSet;

/** The small catalogue that ships as {@code config/sample/product_catalog.csv}: every quirk of a valid row, no malformed row. */
public final class Sample {
    /** 200 rows. A test holds the shipped file to it. */
    public static final CatalogShape SHAPE = new CatalogShape(
            200, 15, EnumSet.of(Quirk.MULTI_LINE, Quirk.ESCAPED_QUOTES, Quirk.ACCENTS, Quirk.EMOJI, Quirk.BLANK_IMAGE));

    private Sample() {}
}
