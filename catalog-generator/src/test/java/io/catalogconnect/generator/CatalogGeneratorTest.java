package io.catalogconnect.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CatalogGeneratorTest {
    private final CatalogGenerator generator = new CatalogGenerator();

    @Test
    void sameShapeGivesTheSameBytes() throws IOException {
        CatalogShape shape = new CatalogShape(500, 7, EnumSet.allOf(Quirk.class));
        assertThat(bytes(shape)).isEqualTo(bytes(shape));
        assertThat(bytes(shape)).isNotEqualTo(bytes(new CatalogShape(500, 8, EnumSet.allOf(Quirk.class))));
    }

    @Test
    void cleanCatalogueHasOneLinePerRowAndTheRealFrequencies() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CatalogSummary summary = generator.write(CatalogShape.clean(10_000, 1), out);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(10_001)
                .startsWith("brand,category_id,comment,currency,description,image,year_release");
        assertThat(summary.badRows()).isZero();
        assertThat(summary.withImage()).isBetween(7_200L, 7_600L);
        assertThat(summary.samsungAfter2000WithoutImage()).isBetween(50L, 150L);
        assertThat(out.size() / 10_000).isBetween(800, 1_200);
    }

    @Test
    void summaryCountsTheRowsOfTheFile() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CatalogSummary summary = generator.write(CatalogShape.clean(2_000, 3), out);
        List<String> rows = out.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
        assertThat(rows).hasSize((int) summary.rows());
        assertThat(rows).filteredOn(row -> row.contains("data:image/png")).hasSize((int) summary.withImage());
        assertThat(rows)
                .filteredOn(row -> row.startsWith("Samsung,")
                        && Integer.parseInt(row.substring(row.lastIndexOf(',') + 1)) > 2000
                        && !row.contains("data:image/png"))
                .hasSize((int) summary.samsungAfter2000WithoutImage());
    }

    @Test
    void catalogueWithoutRowsHasOnlyAHeader() throws IOException {
        assertThat(text(CatalogShape.clean(0, 1)))
                .isEqualTo("brand,category_id,comment,currency,description,image,year_release\n");
    }

    @Test
    void lineEndsAndByteOrderMarkAreAsRequested() throws IOException {
        assertThat(text(new CatalogShape(3, 1, Set.of(Quirk.BOM)))).startsWith("\uFEFFbrand");
        assertThat(text(new CatalogShape(3, 1, Set.of(Quirk.CRLF))))
                .contains("year_release\r\n")
                .endsWith("\r\n");
        assertThat(text(new CatalogShape(3, 1, Set.of(Quirk.NO_FINAL_NEWLINE)))).doesNotEndWith("\n");
    }

    @Test
    void eachQuirkInsideARowIsGenerated() throws IOException {
        assertThat(text(new CatalogShape(300, 1, Set.of(Quirk.MULTI_LINE))))
                .contains("\nsecond line, after a comma\n\n");
        assertThat(text(new CatalogShape(300, 1, Set.of(Quirk.ESCAPED_QUOTES))))
                .contains("\"15\"\" screen, called \"\"");
        assertThat(text(new CatalogShape(300, 1, Set.of(Quirk.ACCENTS)))).contains("reconditionné à Orléans");
        assertThat(text(new CatalogShape(300, 1, Set.of(Quirk.EMOJI)))).contains("📱");
        assertThat(text(new CatalogShape(300, 1, Set.of(Quirk.BLANK_IMAGE)))).contains(",   ,");
    }

    @Test
    void malformedRowsAreCountedAndAreNotProducts() throws IOException {
        for (Quirk kind : Set.of(Quirk.SHORT_ROW, Quirk.LONG_ROW, Quirk.BAD_NUMBER)) {
            CatalogSummary summary =
                    generator.write(new CatalogShape(5_000, 1, Set.of(kind)), new ByteArrayOutputStream());
            assertThat(summary.badRows()).isBetween(50L, 150L);
        }
        assertThat(text(new CatalogShape(5_000, 1, Set.of(Quirk.BAD_NUMBER)))).contains(",n/a\n");
        assertThat(text(new CatalogShape(5_000, 1, Set.of(Quirk.LONG_ROW)))).contains(",one too many\n");
    }

    @Test
    void negativeNumberOfRowsIsRefused() {
        assertThatThrownBy(() -> CatalogShape.clean(-1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows is -1; it must be 0 or more");
    }

    @Test
    void shippedSampleEqualsTheOutputOfTheGenerator() throws IOException {
        Path sample = Path.of("..", "config", "sample", "product_catalog.csv");
        assertThat(sample).hasBinaryContent(bytes(Sample.SHAPE));
        assertThat(Files.size(sample)).isLessThan(300_000);
    }

    private byte[] bytes(CatalogShape shape) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        generator.write(shape, out);
        return out.toByteArray();
    }

    private String text(CatalogShape shape) throws IOException {
        return new String(bytes(shape), StandardCharsets.UTF_8);
    }
}
