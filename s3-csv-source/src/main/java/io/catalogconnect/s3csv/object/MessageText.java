package io.catalogconnect.s3csv.object;

/**
 * Texts from outside, such as keys and column names, in messages: control and invisible characters are escaped, so that a text
 * cannot forge a log line, and long texts are shortened, because Connect cannot store a status of more than 1 MB.
 */
public final class MessageText {

    private static final int LONGEST = 128;

    private MessageText() {}

    /** The text, escaped and shortened to 128 characters. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** The text, escaped and shortened to a number of characters. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return escaped(text);
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return escaped(text.substring(0, end)) + "... (" + text.length() + " characters)";
    }

    /** The text, escaped. */
    public static String escaped(String text) {
        StringBuilder escaped = null;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            if (isInvisible(character)) {
                if (escaped == null) {
                    escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
                }
                escape(character, escaped);
            } else if (escaped != null) {
                escaped.appendCodePoint(character);
            }
            at += Character.charCount(character);
        }
        return escaped == null ? text : escaped.toString();
    }

    private static void escape(int character, StringBuilder target) {
        switch (character) {
            case '\n' -> target.append("\\n");
            case '\r' -> target.append("\\r");
            case '\t' -> target.append("\\t");
            default -> target.append((character < 0x10000 ? "\\u%04X" : "\\u{%X}").formatted(character));
        }
    }

    /** True for a control character and for each blank other than the space. */
    public static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }
}
