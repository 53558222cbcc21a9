package io.catalogconnect.contract.catalogue;

import io.catalogconnect.contract.report.MarkdownText;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a page. */
sealed interface Block permits Block.Heading, Block.Paragraph, Block.Notice, Block.Code, Block.Table, Lineage {

    /** The part as HTML that is also well-formed XML. */
    String html();

    /** The part as Markdown. */
    String markdown();

    /** A heading below the title of the page. */
    record Heading(int level, String text) implements Block {
        @Override
        public String html() {
            return "<h" + level + ">" + Html.of(text) + "</h" + level + ">\n";
        }

        @Override
        public String markdown() {
            return "#".repeat(level) + " " + MarkdownText.of(text) + "\n";
        }
    }

    /** A paragraph. */
    record Paragraph(String text) implements Block {
        @Override
        public String html() {
            return "<p>" + Html.of(text) + "</p>\n";
        }

        @Override
        public String markdown() {
            return MarkdownText.of(text) + "\n";
        }
    }

    /** A paragraph that every reader must see. */
    record Notice(String text) implements Block {
        @Override
        public String html() {
            return "<p class=\"notice\">" + Html.of(text) + "</p>\n";
        }

        @Override
        public String markdown() {
            return "> **" + MarkdownText.of(text) + "**\n";
        }
    }

    /** Text of a program. */
    record Code(String text) implements Block {
        @Override
        public String html() {
            return "<pre>" + Html.of(text) + "</pre>\n";
        }

        @Override
        public String markdown() {
            return text.strip().lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
        }
    }

    /** A table. */
    record Table(List<String> header, List<List<Cell>> rows) implements Block {
        @Override
        public String html() {
            String head = header.stream()
                    .map(name -> "<th scope=\"col\">" + Html.of(name) + "</th>")
                    .collect(Collectors.joining());
            String body = rows.stream()
                    .map(row -> row.stream()
                            .map(cell -> "<td>" + cell.html() + "</td>")
                            .collect(Collectors.joining("", "<tr>", "</tr>\n")))
                    .collect(Collectors.joining());
            return "<div class=\"table\"><table>\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + body
                    + "</tbody>\n</table></div>\n";
        }

        @Override
        public String markdown() {
            String lines = rows.stream()
                    .map(row -> row.stream().map(Cell::markdown).collect(Collectors.joining(" | ", "| ", " |\n")))
                    .collect(Collectors.joining());
            return "| " + header.stream().map(MarkdownText::of).collect(Collectors.joining(" | ")) + " |\n|"
                    + "---|".repeat(header.size()) + "\n" + lines;
        }
    }
}
