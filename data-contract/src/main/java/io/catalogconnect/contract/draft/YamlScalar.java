package io.catalogconnect.contract.draft;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts as YAML scalars. */
final class YamlScalar {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private YamlScalar() {}

    /** The text, in single quotes unless it is a simple word. Control characters are replaced. */
    static String of(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        boolean plain = PLAIN.matcher(printable).matches() && !WORDS.contains(printable.toLowerCase(Locale.ROOT));
        return plain ? printable : "'" + printable.replace("'", "''") + "'";
    }
}
