package io.catalogconnect.contract.catalogue;

/** HTML in which texts of contracts are only text. */
final class Html {
    private static final String STYLE = """
            :root{color-scheme:light dark;--text:#1c2024;--soft:#5b6570;--line:#d5dbe1;--box:#f4f6f8;--page:#fff;--link:#0b57d0;--notice:#fdf0d5}
            @media (prefers-color-scheme:dark){:root{--text:#e6e9ec;--soft:#a3adb8;--line:#3a424b;--box:#20262c;--page:#14181c;--link:#8ab4f8;--notice:#4a3a12}}
            *{box-sizing:border-box}
            body{margin:0 auto;max-width:70rem;padding:1rem 1rem 4rem;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
            a{color:var(--link)}
            h1,h2,h3{line-height:1.25;margin:2rem 0 .5rem}
            p{max-width:48rem}
            code,pre{font-family:ui-monospace,monospace;font-size:.875em}
            pre{background:var(--box);padding:.75rem;white-space:pre-wrap}
            .notice{background:var(--notice);padding:.75rem;font-weight:bold}
            .table{overflow-x:auto}
            table{border-collapse:collapse;width:100%}
            th,td{border-bottom:1px solid var(--line);padding:.375rem .75rem .375rem 0;text-align:left;vertical-align:top}
            th{color:var(--soft);font-weight:600}
            th,td{overflow-wrap:normal}
            .long{display:inline-block;min-width:11rem;overflow-wrap:anywhere}
            .lineage,.branch{display:flex;align-items:center;gap:.5rem}
            .branches{flex:3;display:grid;gap:.5rem;min-width:0}
            .box{flex:1;min-width:0;background:var(--box);border:1px solid var(--line);border-radius:.25rem;padding:.5rem .75rem}
            .box small{display:block;color:var(--soft)}
            .arrow{flex:none;color:var(--soft)}
            @media (max-width:45rem){.lineage,.branch{flex-direction:column;align-items:stretch;gap:.25rem}.branch{border-left:2px solid var(--line);padding-left:.75rem}.branches{gap:1.25rem}.arrow{transform:rotate(90deg);align-self:center}}
            """;

    private Html() {}

    /** The text with all characters escaped that HTML gives a meaning. Control characters are replaced. */
    static String of(String text) {
        StringBuilder html = new StringBuilder();
        text.strip().codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(isAllowed(c) ? c : '?');
            }
        });
        return html.toString();
    }

    /** The characters of XML 1.0 without the control characters above ASCII. */
    private static boolean isAllowed(int c) {
        return c == '\n'
                || c == '\t'
                || (c >= ' ' && c < 0x7f)
                || (c > 0x9f && c < 0xd800)
                || (c > 0xdfff && c < 0xfffe)
                || c > 0xffff;
    }

    /** A page. */
    static String page(String title, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>" + of(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
    }
}
