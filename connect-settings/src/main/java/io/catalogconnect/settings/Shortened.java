package io.catalogconnect.settings;

/** A value from outside in a message: at most 80 characters, with control characters escaped. */
final class Shortened {

    private static final int MAX_CHARACTERS = 80;

    private Shortened() {}

    static String of(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints().limit(MAX_CHARACTERS).forEach(character -> {
            if (Character.isISOControl(character)) {
                shown.append(String.format("\\u%04x", character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        int characters = value.codePointCount(0, value.length());
        return characters <= MAX_CHARACTERS ? shown.toString() : shown + "... (" + characters + " characters)";
    }
}
