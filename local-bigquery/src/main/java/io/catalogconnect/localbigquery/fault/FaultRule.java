package io.catalogconnect.localbigquery.fault;

import java.time.Duration;

/**
 * Which calls break, and how.
 *
 * @param effect what happens to them
 * @param method a method of the Write API ({@code AppendRows}) or an HTTP method ({@code POST}); empty for any
 * @param resource part of the stream's, table's or URL's path; empty for any
 * @param body part of the body of a call over REST, as JSON, for instance of a statement; empty for any
 * @param skip how many matching calls go by before the first that breaks
 * @param count how many break
 * @param code of {@link Effect#ERROR}
 * @param duration of {@link Effect#DELAY}, {@link Effect#LATE_VISIBILITY} and {@link Effect#SLOW_SCHEMA}
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

    /** The next call breaks so; for effects without a code or a duration. */
    public static FaultRule of(Effect effect) {
        return of(effect, ErrorCode.UNAVAILABLE, Duration.ZERO);
    }

    /** The next call is answered with an error. */
    public static FaultRule error(ErrorCode code) {
        return of(Effect.ERROR, code, Duration.ZERO);
    }

    /** The next call takes an effect that lasts. */
    public static FaultRule lasting(Effect effect, Duration duration) {
        return of(effect, ErrorCode.UNAVAILABLE, duration);
    }

    /** The same for calls of one method only. */
    public FaultRule onMethod(String name) {
        return new FaultRule(effect, name, resource, body, skip, count, code, duration);
    }

    /** The same for calls on streams, tables or URLs whose path has the given part. */
    public FaultRule onResource(String part) {
        return new FaultRule(effect, method, part, body, skip, count, code, duration);
    }

    /** The same for calls over REST whose body has the given part. */
    public FaultRule onBody(String part) {
        return new FaultRule(effect, method, resource, part, skip, count, code, duration);
    }

    /** The same, after so many matching calls have gone by. */
    public FaultRule after(int calls) {
        return new FaultRule(effect, method, resource, body, calls, count, code, duration);
    }

    /** The same, so many times. */
    public FaultRule times(int calls) {
        return new FaultRule(effect, method, resource, body, skip, calls, code, duration);
    }

    boolean matches(String calledMethod, String calledResource, String calledBody) {
        return (method.isEmpty() || method.equals(calledMethod))
                && calledResource.contains(resource)
                && calledBody.contains(body);
    }
}
