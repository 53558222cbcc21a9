package io.catalogconnect.localbigquery.fault;

import java.time.Duration;

/**
 * A fault rule: which calls fail, and how.
 *
 * @param effect the effect on these calls
 * @param method a method of the Write API ({@code AppendRows}) or an HTTP method ({@code POST}); empty for any
 * @param resource part of the stream's, table's or URL's path; empty for any
 * @param body part of the body of a call over REST, as JSON, for example of a statement; empty for any
 * @param skip number of matching calls that are not affected before the first one that is
 * @param count number of calls that are affected
 * @param code the error of {@link Effect#ERROR}
 * @param duration the duration of {@link Effect#DELAY}, {@link Effect#LATE_VISIBILITY} and {@link Effect#SLOW_SCHEMA}
 */
public record FaultRule(
        Effect effect,
        String method,
        String resource,
        String body,
        int skip,
        int count,
        ErrorCode code,
        Duration duration) {
    public FaultRule {
        if (skip < 0 || count < 1) {
            throw new IllegalArgumentException(
                    "A fault needs skip >= 0 and count >= 1; got skip " + skip + " and count " + count);
        }
        boolean timed = effect == Effect.DELAY || effect == Effect.LATE_VISIBILITY || effect == Effect.SLOW_SCHEMA;
        if (timed == (duration.isZero() || duration.isNegative())) {
            throw new IllegalArgumentException(
                    timed
                            ? "The fault " + effect + " needs a duration greater than zero"
                            : "The fault " + effect + " takes no duration");
        }
    }

    private static FaultRule of(Effect effect, ErrorCode code, Duration duration) {
        return new FaultRule(effect, "", "", "", 0, 1, code, duration);
    }

    /** Creates a rule for the next call, for effects without a code or a duration. */
    public static FaultRule of(Effect effect) {
        return of(effect, ErrorCode.UNAVAILABLE, Duration.ZERO);
    }

    /** Creates a rule that answers the next call with an error. */
    public static FaultRule error(ErrorCode code) {
        return of(Effect.ERROR, code, Duration.ZERO);
    }

    /** Creates a rule for the next call, for effects with a duration. */
    public static FaultRule lasting(Effect effect, Duration duration) {
        return of(effect, ErrorCode.UNAVAILABLE, duration);
    }

    /** Returns a copy that matches calls of one method only. */
    public FaultRule onMethod(String name) {
        return new FaultRule(effect, name, resource, body, skip, count, code, duration);
    }

    /** Returns a copy that matches calls on streams, tables or URLs whose path contains the given text. */
    public FaultRule onResource(String part) {
        return new FaultRule(effect, method, part, body, skip, count, code, duration);
    }

    /** Returns a copy that matches REST calls whose body contains the given text. */
    public FaultRule onBody(String part) {
        return new FaultRule(effect, method, resource, part, skip, count, code, duration);
    }

    /** Returns a copy that skips the given number of matching calls first. */
    public FaultRule after(int calls) {
        return new FaultRule(effect, method, resource, body, calls, count, code, duration);
    }

    /** Returns a copy that affects the given number of calls. */
    public FaultRule times(int calls) {
        return new FaultRule(effect, method, resource, body, skip, calls, code, duration);
    }

    boolean matches(String calledMethod, String calledResource, String calledBody) {
        return (method.isEmpty() || method.equals(calledMethod))
                && calledResource.contains(resource)
                && calledBody.contains(body);
    }
}
