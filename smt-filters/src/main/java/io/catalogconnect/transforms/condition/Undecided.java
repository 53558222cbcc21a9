package io.catalogconnect.transforms.condition;

/** Carries a {@link Verdict} that is no answer out of an expression. Without a stack trace: it is an outcome, not a fault. */
final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Verdict.Kind kind;

    Undecided(Verdict.Kind kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
    }

    static Undecided error(String detail) {
        return new Undecided(Verdict.Kind.ERROR, detail);
    }

    Verdict verdict() {
        return new Verdict(kind, String.valueOf(getMessage()));
    }
}
