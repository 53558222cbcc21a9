package io.catalogconnect.contract.report;

/** Text of a contract in Markdown, shown as it is written. */
public final class MarkdownText {
    private MarkdownText() {}

    /** The text with all characters escaped that Markdown and HTML give a meaning. Line breaks become spaces. */
    public static String of(String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replaceAll("\\p{Cntrl}", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([\\\\`*_{}\\[\\]()#!|~])", "\\\\$1");
    }

    /** The text as code. */
    public static String code(String text) {
        String line = text.strip()
                .replaceAll("\\s+", " ")
                .replaceAll("\\p{Cntrl}", "?")
                .replace("|", "\\|");
        return line.isEmpty() ? "" : line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
    }
}
