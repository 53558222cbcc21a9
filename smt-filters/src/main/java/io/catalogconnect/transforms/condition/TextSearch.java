package io.catalogconnect.transforms.condition;

/** Looks for a text in another one, in time that grows with the sum of their lengths and not with the product. Stateless. */
final class TextSearch {
    /** Up to this length the JDK's search is fast enough, and faster than building a table. */
    private static final int SHORT = 64;

    private TextSearch() {}

    static boolean contains(String text, String part) {
        Work.count((long) text.length() + part.length());
        if (part.length() <= SHORT) {
            return text.contains(part);
        }
        // Knuth, Morris and Pratt: a mismatch falls back to the longest start of the part that ends here.
        int[] fallback = new int[part.length()];
        for (int i = 1, matched = 0; i < part.length(); i++) {
            matched = advance(part, fallback, matched, part.charAt(i));
            fallback[i] = matched;
        }
        for (int i = 0, matched = 0; i < text.length(); i++) {
            matched = advance(part, fallback, matched, text.charAt(i));
            if (matched == part.length()) {
                return true;
            }
        }
        return false;
    }

    private static int advance(String part, int[] fallback, int matched, char next) {
        int length = matched;
        while (length > 0 && part.charAt(length) != next) {
            length = fallback[length - 1];
        }
        return part.charAt(length) == next ? length + 1 : length;
    }
}
