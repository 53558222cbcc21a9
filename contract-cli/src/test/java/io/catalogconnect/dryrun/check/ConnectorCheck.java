package io.catalogconnect.dryrun.check;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the keys and values that start with "wrong", as the module dry-run finds those that a plugin refuses. */
public final class ConnectorCheck {
    private static final Pattern WRONG = Pattern.compile("\"(wrong[^\"]*|[^\"]*)\":\"([^\"]*)\"");

    private ConnectorCheck() {}

    /** Answers one request. */
    public static String answer(String request) {
        String problems = WRONG.matcher(request)
                .results()
                .filter(entry ->
                        entry.group(1).startsWith("wrong") || entry.group(2).startsWith("wrong"))
                .map(entry ->
                        "{\"key\": \"" + entry.group(1) + "\", \"message\": \"" + entry.group(1) + " is wrong.\"}")
                .collect(Collectors.joining(", "));
        return "{\"problems\": [" + problems + "]}";
    }
}
