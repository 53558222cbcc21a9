package io.catalogconnect.contract.compare;

/** What a person must agree to before a change is applied, apart from the version number. */
public enum Consent {
    /** Nothing. */
    NONE,
    /** Rows or records are deleted. */
    DELETION,
    /** More people can read a column. */
    EXPOSURE
}
