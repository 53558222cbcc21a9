package io.catalogconnect.contract.catalogue;

import io.catalogconnect.contract.report.MarkdownText;

/**
 * A cell of a table.
 *
 * @param page name of a page of the catalogue, without the ending, that the cell links to; empty for none
 */
record Cell(String text, boolean code, String page) {

    /** Longer names may be broken. */
    private static final int LONGEST_WORD = 30;

    /** A cell of text. */
    static Cell text(String text) {
        return new Cell(text, false, "");
    }

    /** A cell with a name, such as that of a table. */
    static Cell code(String text) {
        return new Cell(text, true, "");
    }

    String html() {
        String tag = text.length() > LONGEST_WORD && !text.contains(" ") ? "<code class=\"long\">" : "<code>";
        String content = code && !text.isEmpty() ? tag + Html.of(text) + "</code>" : Html.of(text);
        return page.isEmpty() ? content : "<a href=\"" + Html.of(page) + ".html\">" + content + "</a>";
    }

    String markdown() {
        String content = code ? MarkdownText.code(text) : MarkdownText.of(text);
        return page.isEmpty() ? content : "[" + content + "](" + page + ".md)";
    }
}
