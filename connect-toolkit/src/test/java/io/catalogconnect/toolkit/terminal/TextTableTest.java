package io.catalogconnect.toolkit.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        StringWriter text = new StringWriter();
        TextTable.print(
                new PrintWriter(text, true),
                List.of("table", "rows"),
                List.of(List.of("products_raw", "1"), List.of("a", "")));
        assertThat(text.toString().lines()).containsExactly("table         rows", "products_raw  1", "a");
    }
}
