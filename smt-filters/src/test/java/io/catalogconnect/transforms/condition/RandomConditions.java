package io.catalogconnect.transforms.condition;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Conditions at random, most of which make sense: the grammar knows kinds and breaks its own rules now and then. */
final class RandomConditions {
    private static final List<String> NUMBERS =
            List.of("value.i", "value.l", "value.d", "value.dec", "value.absent", "value.s", "value.in.n", "headers.n");
    private static final List<String> TEXTS = List.of(
            "value.s",
            "value.t",
            "key",
            "topic",
            "headers.h",
            "value.absent",
            "value.l",
            "value.in.y",
            "value.list[0]");
    private static final List<String> TIMES = List.of("value.day", "timestamp", "date(value.dayText)", "value.s");
    private static final List<String> PATHS = List.of(
            "value.i",
            "value.l",
            "value.d",
            "value.dec",
            "value.s",
            "value.t",
            "value.b",
            "value.bytes",
            "value.list",
            "value.in",
            "value.in.y",
            "value.in.absent",
            "value.absent",
            "value.absent.deep",
            "value.day",
            "headers.h",
            "headers.absent",
            "key",
            "value.list[1]",
            "value.list[7]");
    private static final List<String> ANY = Stream.concat(
                    PATHS.stream(),
                    Stream.of("null", "(value.b ? value.s : value.t)", "upper(value.s)", "trim(value.t)"))
            .toList();
    private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");

    private final Random random;

    RandomConditions(Random random) {
        this.random = random;
    }

    String next() {
        return bool(3);
    }

    private String bool(int depth) {
        if (depth > 0 && random.nextInt(10) < 5) {
            return switch (random.nextInt(6)) {
                case 0, 1 -> "(" + bool(depth - 1) + " && " + bool(depth - 1) + ")";
                case 2, 3 -> "(" + bool(depth - 1) + " || " + bool(depth - 1) + ")";
                case 4 -> "!" + bool(depth - 1);
                default -> "(" + bool(depth - 1) + " ? " + bool(depth - 1) + " : " + bool(depth - 1) + ")";
            };
        }
        return leaf();
    }

    private String leaf() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> number() + " " + one(ORDERS) + " " + number();
            case 3 -> text() + " " + one(ORDERS) + " " + text();
            case 4 -> time() + " " + one(ORDERS) + " " + time();
            case 5 -> one(ANY) + equality() + one(ANY);
            case 6 -> number() + equality() + number();
            case 7 -> text() + equality() + text();
            case 8 -> "present(" + one(PATHS) + ")";
            case 9 -> "blank(" + one(PATHS) + ")";
            case 10 ->
                "has(" + one(List.of("value.s", "value.absent", "value.in.y", "value.in.z", "headers.h", "headers.x"))
                        + ")";
            case 11 -> "eqi(" + text() + ", " + text() + ")";
            case 12 -> text() + one(List.of(".startsWith(", ".endsWith(", ".contains(")) + text() + ")";
            case 13 -> text() + ".matches('" + one(List.of("a", "^a", "b+$", "^(a|b)*$", "2")) + "')";
            case 14 -> one(List.of(text(), number())) + " in " + list();
            default -> one(List.of("value.b", "value.s", "value.absent", "true", "false", "headers.b"));
        };
    }

    private String equality() {
        return random.nextBoolean() ? " == " : " != ";
    }

    private String list() {
        return one(List.of("['a', 'b', 'ab']", "[1, 2]", "[1.5, 2.0]", "value.list", "[value.s, value.t]", "value.in"));
    }

    private String number() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> one(NUMBERS);
            case 3 -> "num(" + one(List.of("value.numText", "value.s", "value.l", "value.absent", "'7'")) + ")";
            case 4 -> "size(" + one(List.of("value.s", "value.list", "value.t", "value.bytes", "value.i")) + ")";
            case 5 -> "(" + one(NUMBERS) + one(List.of(" + ", " - ", " * ")) + constant() + ")";
            default -> constant();
        };
    }

    private String constant() {
        return one(List.of(
                "0", "1", "2", "-1", "2.0", "1.5", "-0.5", "9223372036854775807", "9.3e18", "(1 + 1)", "(3 / 2.0)"));
    }

    private String text() {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> one(TEXTS);
            case 3 -> "lower(" + one(TEXTS) + ")";
            default -> one(List.of("'a'", "'b'", "'AB'", "''", "'\\U0001F600'"));
        };
    }

    private String time() {
        return random.nextInt(3) == 0
                ? one(List.of("timestamp('2026-01-31T00:00:00Z')", "date('2026-02-01')"))
                : one(TIMES);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
