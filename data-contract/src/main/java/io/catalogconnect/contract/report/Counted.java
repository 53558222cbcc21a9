package io.catalogconnect.contract.report;

/** Numbers of things in messages. */
public final class Counted {
    private Counted() {}

    /**
     * A number and a noun, such as {@code 1 table} or {@code 2 tables}.
     *
     * @param noun in singular; its plural ends with s
     */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
