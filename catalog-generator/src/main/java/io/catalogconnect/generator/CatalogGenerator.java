package io.catalogconnect.generator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a catalogue as CSV (RFC 4180, UTF-8) with the real one's header. Memory use does not depend on the number of rows.
 * Instances hold no state and may be shared between threads.
 */
public final class CatalogGenerator {
    private static final String HEADER = "brand,category_id,comment,currency,description,image,year_release";

    private static final int ONE_BAD_ROW_IN = 50;

    /**
     * Writes the whole catalogue and leaves the stream open.
     *
     * @param shape which catalogue
     * @param out receives the bytes; flushed, not closed
     * @return the counts
     * @throws IOException if writing to the stream fails
     */
    public CatalogSummary write(CatalogShape shape, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        SplittableRandom random = new SplittableRandom(shape.seed());
        List<Quirk> badKinds = badKinds(shape);
        String lineEnd = shape.quirks().contains(Quirk.CRLF) ? "\r\n" : "\n";
        boolean endsWithoutNewline = shape.quirks().contains(Quirk.NO_FINAL_NEWLINE);
        if (shape.quirks().contains(Quirk.BOM)) {
            writer.write('\uFEFF');
        }
        writer.write(HEADER);
        long bad = 0;
        long withImage = 0;
        long samsung = 0;
        for (long row = 0; row < shape.rows(); row++) {
            writer.write(lineEnd);
            Product product = Product.random(random, shape.quirks());
            if (!badKinds.isEmpty() && random.nextInt(ONE_BAD_ROW_IN) == 0) {
                writer.write(spoiled(product, badKinds.get(random.nextInt(badKinds.size()))));
                bad++;
                continue;
            }
            writer.write(line(product, Long.toString(product.yearRelease())));
            withImage += product.hasImage() ? 1 : 0;
            samsung += product.isSamsungAfter2000WithoutImage() ? 1 : 0;
        }
        if (!endsWithoutNewline) {
            writer.write(lineEnd);
        }
        writer.flush();
        return new CatalogSummary(shape.rows(), bad, withImage, samsung);
    }

    private static List<Quirk> badKinds(CatalogShape shape) {
        List<Quirk> kinds = new ArrayList<>(List.of(Quirk.SHORT_ROW, Quirk.LONG_ROW, Quirk.BAD_NUMBER));
        kinds.retainAll(shape.quirks());
        return kinds;
    }

    private static String spoiled(Product product, Quirk kind) {
        String good = line(product, Long.toString(product.yearRelease()));
        return switch (kind) {
            case SHORT_ROW -> good.substring(0, good.lastIndexOf(','));
            case LONG_ROW -> good + ",one too many";
            default -> line(product, "n/a");
        };
    }

    private static String line(Product product, String year) {
        return String.join(
                ",",
                field(product.brand()),
                Long.toString(product.categoryId()),
                field(product.comment()),
                field(product.currency()),
                field(product.description()),
                field(product.image()),
                year);
    }

    private static String field(String value) {
        boolean plain = value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0;
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
