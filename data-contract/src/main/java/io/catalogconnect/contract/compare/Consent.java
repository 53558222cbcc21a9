package io.catalogconnect.contract.compare;

import java.util.Locale;

/** What a person must agree to before a change is applied, apart from the version number. */
public enum Consent {
    /** Nothing. */
    NONE,
    /** Rows or records are deleted. */
    DELETION,
    /** More people can read a column. */
    EXPOSURE;

    /** The consent in lower case, as it is printed and typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
