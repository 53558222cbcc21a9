package io.catalogconnect.contract.catalogue;

import io.catalogconnect.contract.report.MarkdownText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page of the catalogue.
 *
 * @param name name of the file without the ending
 */
record Page(String name, String title, List<Block> blocks) {

    String html() {
        String home = name.equals("index") ? "" : "<p><a href=\"index.html\">All products</a></p>\n";
        return Html.page(
                title,
                home + "<h1>" + Html.of(title) + "</h1>\n"
                        + blocks.stream().map(Block::html).collect(Collectors.joining()));
    }

    String markdown() {
        return "# " + MarkdownText.of(title) + "\n\n"
                + blocks.stream().map(Block::markdown).collect(Collectors.joining("\n"));
    }
}
