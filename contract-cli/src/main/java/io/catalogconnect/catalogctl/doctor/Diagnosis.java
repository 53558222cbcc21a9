package io.catalogconnect.catalogctl.doctor;

/**
 * The result of a check of an environment.
 *
 * @param message the result as a sentence
 * @param advice what to do; empty if there is nothing to do
 */
public record Diagnosis(Level level, String message, String advice) {
    /** Whether something must be done. */
    public enum Level {
        OK("ok"),
        WARNING("warn"),
        FAILURE("FAIL");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /** The word at the start of a line. */
        public String word() {
            return word;
        }
    }

    static Diagnosis ok(String message) {
        return new Diagnosis(Level.OK, message, "");
    }

    static Diagnosis failure(String message, String advice) {
        return new Diagnosis(Level.FAILURE, message, advice);
    }

    static Diagnosis warning(String message, String advice) {
        return new Diagnosis(Level.WARNING, message, advice);
    }
}
