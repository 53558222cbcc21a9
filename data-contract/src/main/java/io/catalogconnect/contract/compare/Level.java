package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.model.Version;
import java.util.Locale;

/** The effect of a change on consumers, in ascending order. The names are those of semantic versioning. */
public enum Level {
    /** Nothing changes for consumers. */
    PATCH,
    /** Consumers get more, and have to change nothing. */
    MINOR,
    /** Consumers may have to change something. */
    MAJOR,
    /** No version number permits the change. */
    REFUSED;

    /** The lowest version that permits a change of this level. */
    public Version after(Version version) {
        return switch (this) {
            case PATCH -> version.nextPatch();
            case MINOR -> version.nextMinor();
            case MAJOR, REFUSED -> version.nextMajor();
        };
    }

    /** The level in lower case, for users. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
