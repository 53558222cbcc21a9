package io.catalogconnect.contract.render;

/** Texts in GoogleSQL. */
public final class SqlText {
    private SqlText() {}

    /** A string. */
    public static String string(String text) {
        StringBuilder sql = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> sql.append("\\\"");
                case '\\' -> sql.append("\\\\");
                case '\n' -> sql.append("\\n");
                case '\r' -> sql.append("\\r");
                default -> sql.appendCodePoint(c < ' ' ? ' ' : c);
            }
        });
        return sql.append('"').toString();
    }

    /** A name or a path of names. */
    public static String name(String text) {
        return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }
}
