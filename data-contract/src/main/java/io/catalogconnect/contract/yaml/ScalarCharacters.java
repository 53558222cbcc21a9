package io.catalogconnect.contract.yaml;

/** Iterates over the characters of a scalar in the text of its file that are not white space. */
final class ScalarCharacters {
    private final String text;
    private final char style;
    private final int limit;
    private int index;
    private int end;

    ScalarCharacters(String text, YamlNode.Scalar scalar) {
        this.text = text;
        this.style = scalar.style();
        this.limit = scalar.end();
        int start = scalar.start();
        if (style == '|' || style == '>') {
            start = text.indexOf('\n', start) + 1;
        } else if (style != 0) {
            start++;
        }
        this.index = start;
        this.end = start;
    }

    /** The index of the current character. */
    int index() {
        return index;
    }

    /** The index after the current character. */
    int end() {
        return end;
    }

    /** Moves to the next character; false at the end. */
    boolean next() {
        index = end;
        while (index < limit) {
            int character = text.codePointAt(index);
            if (Character.isWhitespace(character)) {
                index++;
            } else if (style == '"' && character == '\\') {
                end = index + escapeLength();
                if ("ntrveb 0_NLP\n\r".indexOf(text.charAt(index + 1)) < 0) {
                    return true;
                }
                index = end;
            } else {
                boolean twoQuotes = style == '\'' && text.startsWith("''", index);
                end = index + (twoQuotes ? 2 : Character.charCount(character));
                return true;
            }
        }
        end = limit;
        return false;
    }

    private int escapeLength() {
        return switch (text.charAt(index + 1)) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }
}
