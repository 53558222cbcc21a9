package io.catalogconnect.transforms.condition;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's messages in the words of somebody who writes a rule, at the place where he would look. Stateless. */
final class IssueTranslator {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NO_FIELD = Pattern.compile("undefined field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);
    private static final Set<String> LOOPS = Set.of("all", "exists", "exists_one", "map", "filter");
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("_==_", "=="),
            Map.entry("_!=_", "!="),
            Map.entry("_<_", "<"),
            Map.entry("_<=_", "<="),
            Map.entry("_>_", ">"),
            Map.entry("_>=_", ">="),
            Map.entry("_+_", "+"),
            Map.entry("_-_", "-"),
            Map.entry("_*_", "*"),
            Map.entry("_/_", "/"),
            Map.entry("_%_", "%"),
            Map.entry("_&&_", "&&"),
            Map.entry("_||_", "||"),
            Map.entry("!_", "!"),
            Map.entry("-_", "-"),
            Map.entry("@in", "in"),
            Map.entry("_[_]", "[ ]"),
            Map.entry("_?_:_", "? :"));

    private IssueTranslator() {}

    static ConditionSyntaxException translate(CelIssue issue, CelSource source, ConditionText text, RecordTypes types) {
        CelSourceLocation location = issue.getSourceLocation();
        int offset = offset(text.text(), location);
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            return undeclared(undeclared.group(1), offset, text);
        }
        Matcher noField = NO_FIELD.matcher(issue.getMessage());
        if (noField.matches()) {
            String name = noField.group(1);
            return text.errorAt(
                    after(text.text(), name, offset),
                    "there is no field '" + name + "'" + didYouMean(name, types.fieldNames()));
        }
        Matcher overload = OVERLOAD.matcher(issue.getMessage());
        if (overload.matches()) {
            return text.errorAt(offset, mismatch(overload.group(1), overload.group(2)));
        }
        return text.errorAt(offset, syntax(issue.getMessage()));
    }

    private static ConditionSyntaxException undeclared(String name, int offset, ConditionText text) {
        if (LOOPS.contains(name)) {
            return text.errorAt(
                    before(text.text(), name, offset),
                    "'" + name + "' is a loop; a condition has none, so that it always ends");
        }
        String whole = text.text();
        int at = before(whole, name, offset);
        int end = whole.offsetByCodePoints(0, at) + name.length();
        boolean called =
                end < whole.length() && whole.substring(end).stripLeading().startsWith("(");
        Collection<String> known = called ? Language.functionNames() : Language.VARIABLES;
        String hint = didYouMean(name, known);
        if (hint.isEmpty() && !called) {
            hint = "; did you mean 'value." + name + "'? A record has " + String.join(", ", Language.VARIABLES);
        }
        return text.errorAt(at, "there is no " + (called ? "function" : "name") + " '" + name + "'" + hint);
    }

    private static String mismatch(String function, String arguments) {
        String kinds = arguments
                .replaceAll("wrapper\\(([a-z]+)\\)", "$1")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration");
        String hint = "";
        if (kinds.contains("string") && (kinds.contains("int") || kinds.contains("double"))) {
            hint = "; num(...) makes a number of a text";
        } else if (kinds.contains("string") && kinds.contains("timestamp")) {
            hint = "; date('2026-01-31') makes a timestamp of a text";
        }
        return "'" + OPERATORS.getOrDefault(function, function) + "' does not take " + kinds + hint;
    }

    private static String syntax(String message) {
        if (message.contains("'<EOF>'")) {
            return "the condition ends too early; something is missing here";
        }
        if (message.startsWith("token recognition error")) {
            return "this does not belong in a condition; is a quotation mark missing?";
        }
        if (message.contains("recursion limit")) {
            return "the condition is nested too deeply or has too many operators in a row; at most "
                    + Language.MAX_DEPTH + " are taken";
        }
        Matcher unexpected = Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting.*", Pattern.DOTALL)
                .matcher(message);
        return unexpected.matches() ? "'" + unexpected.group(1) + "' was not expected here" : message;
    }

    static String typeInWords(CelType type) {
        CelType plain = type instanceof NullableType nullable ? nullable.targetType() : type;
        return switch (plain.kind()) {
            case STRING -> "a string";
            case INT -> "an int";
            case DOUBLE -> "a double";
            case BYTES -> "bytes";
            case TIMESTAMP -> "a timestamp";
            case DURATION -> "a duration";
            case LIST -> "a list";
            case MAP -> "a map";
            case STRUCT -> "a struct";
            case NULL_TYPE -> "null";
            default -> plain.name();
        };
    }

    private static int offset(String text, CelSourceLocation location) {
        int index = 0;
        for (int line = 1; line < location.getLine(); line++) {
            index = text.indexOf('\n', index) + 1;
        }
        return text.codePointCount(0, index) + Math.max(0, location.getColumn());
    }

    /** CEL points at the dot before a field's name. */
    private static int after(String text, String name, int offset) {
        int found = text.indexOf(name, text.offsetByCodePoints(0, offset));
        return found < 0 ? offset : text.codePointCount(0, found);
    }

    /** CEL points at the parenthesis after a function's name. */
    private static int before(String text, String name, int offset) {
        int found = text.lastIndexOf(name, text.offsetByCodePoints(0, offset));
        return found < 0 ? offset : text.codePointCount(0, found);
    }

    static String didYouMean(String name, Collection<String> known) {
        List<String> best = new ArrayList<>();
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : known) {
            int distance =
                    distance(name.toLowerCase(java.util.Locale.ROOT), candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance < least) {
                best.clear();
                least = distance;
            }
            if (distance == least && !best.contains(candidate) && distance <= Math.max(1, name.length() / 3)) {
                best.add(candidate);
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + String.join("' or '", best) + "'?";
    }

    /** Letters to insert, delete, change, or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
