package io.catalogconnect.contract.lint;

import java.util.Optional;

/** The second sentence of a message about an unknown name. */
final class Suggestion {
    private Suggestion() {}

    static String of(Optional<String> nearest) {
        return nearest.map(name -> " Did you mean '" + name + "'?").orElse("");
    }
}
