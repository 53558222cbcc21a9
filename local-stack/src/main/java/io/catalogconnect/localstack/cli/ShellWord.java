package io.catalogconnect.localstack.cli;

import java.util.regex.Pattern;

/** A word of a command that a user may copy. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}/._~:+=@%-]+");

    private ShellWord() {}

    /** The word, in quotes if a shell would change it. */
    static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
