package io.catalogconnect.contract.read;

/**
 * A key as its reader declares it.
 *
 * @param level the mapping that has the key: "a role"
 * @param type type or valid values in Markdown; empty for a key that is documentation and not read
 * @param inner the mapping that the value is, or that the entries of the list are; empty for other types
 * @param absent the default; empty for none
 * @param meaning the meaning in Markdown; empty for a key that is not read
 */
record DeclaredKey(
        String level, String name, String type, String inner, String absent, boolean isNeeded, String meaning) {}
