package io.catalogconnect.transforms.condition;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requirements on values in the language's kinds, with errors that name the kind that was found and never the value. */
final class RecordValues {
    private RecordValues() {}

    static boolean isNull(@Nullable Object value) {
        return value == null || value instanceof NullValue;
    }

    static Undecided isNullAt(String path) {
        return new Undecided(Verdict.Kind.NULL, path + " is null");
    }

    static boolean answer(Object value) {
        if (value instanceof Boolean answer) {
            return answer;
        }
        throw Undecided.error("it gives " + kindOf(value) + ", it must give true or false");
    }

    static String text(String function, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Undecided.error(function + " needs a string and got " + kindOf(value));
    }

    /** The kind of a value in words, for errors: "a string", "an int". */
    static String kindOf(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Long) {
            return "an int";
        }
        if (value instanceof Double) {
            return "a double";
        }
        if (value instanceof Boolean) {
            return "a bool";
        }
        if (value instanceof Instant) {
            return "a timestamp";
        }
        if (value instanceof Duration) {
            return "a duration";
        }
        if (value instanceof CelByteString) {
            return "bytes";
        }
        if (value instanceof List) {
            return "a list";
        }
        return value instanceof RecordView.OfStruct ? "a struct" : value instanceof Map ? "a map" : "null";
    }
}
