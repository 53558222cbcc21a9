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

    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:(?:mismatched|extraneous) input|no viable alternative at input) '(.*?)'(?: expecting.*)?",
            Pattern.DOTALL);
    private static final Set<String> ORDER = Set.of("_<_", "_<=_", "_>_", "_>=_");
    private static final Set<String> LOGICAL = Set.of("_&&_", "_||_", "_?_:_");

    /** Functions that are not called on a value. */
    private static final Set<String> OURS = Set.of(
            Language.PRESENT,
            Language.BLANK,
            Language.EQI,
            Language.LOWER,
            Language.UPPER,
            Language.TRIM,
            Language.NUM,
            Language.DATE);

    /** A dot and a name. */
    private static final Pattern FIELD = Pattern.compile("\\.(\\w+)");

    /** CEL's words for a call of a function on a value. */
    private static final Pattern MEMBER = Pattern.compile(".+\\.\\(.*\\)");

    private IssueTranslator() {}

    static ConditionSyntaxException translate(CelIssue issue, CelSource source, ConditionText text, RecordTypes types) {
        CelSourceLocation location = issue.getSourceLocation();
        int offset = offset(text.text(), location);
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            return undeclared(undeclared.group(1), offset, text, types);
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
        return syntax(issue.getMessage(), offset, text);
    }

    private static ConditionSyntaxException undeclared(String name, int offset, ConditionText text, RecordTypes types) {
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
        String hint = OtherLanguages.correctionOf(name, called)
                .map(correction -> "; " + correction)
                .orElseGet(() -> didYouMean(name, known));
        if (hint.isEmpty() && called) {
            hint = "; docs/rules.md lists the functions";
        } else if (hint.isEmpty() && isFieldOf(whole.substring(end), types)) {
            hint = "; a field is written value." + fieldAfter(whole.substring(end));
        } else if (hint.isEmpty()) {
            hint = isComparedWith(whole, at)
                    ? "; a text needs quotation marks: '" + name + "', and a field the name value: value." + name
                    : "; did you mean 'value." + name + "'? A record has " + String.join(", ", Language.VARIABLES);
        }
        return text.errorAt(at, "there is no " + (called ? "function" : "name") + " '" + name + "'" + hint);
    }

    /** True if a dot and the name of a field follow, as after the alias of a table in SQL. */
    private static boolean isFieldOf(String rest, RecordTypes types) {
        return types.fieldNames().contains(fieldAfter(rest));
    }

    private static String fieldAfter(String rest) {
        Matcher field = FIELD.matcher(rest);
        return field.lookingAt() ? field.group(1) : "";
    }

    /** True if the text before a place ends with an operator or a list, whose other side is then a value. */
    private static boolean isComparedWith(String text, int offset) {
        String before = text.substring(0, text.offsetByCodePoints(0, offset)).stripTrailing();
        return before.endsWith("==") || before.endsWith("!=") || before.endsWith("[") || before.endsWith(",");
    }

    private static String mismatch(String function, String arguments) {
        Matcher member = MEMBER.matcher(arguments);
        if (member.matches() && OURS.contains(function)) {
            return "'" + function + "' is called as " + example(function);
        }
        String kinds = arguments
                .replaceAll("wrapper\\(([a-z]+)\\)", "$1")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration");
        return "'" + OPERATORS.getOrDefault(function, function) + "' does not take " + kinds + hint(function, kinds);
    }

    private static String example(String function) {
        return function + "(value.brand" + (function.equals(Language.EQI) ? ", 'hp')" : ")");
    }

    private static String hint(String function, String kinds) {
        if (function.equals("@in") && kinds.matches("\\(.*, string\\)")) {
            return "; a list is written ['HP', 'Dell'], and a part of a text is found with value.brand.contains('sung')";
        }
        if (OURS.contains(function)) {
            return "; it is called as " + example(function);
        }
        if (function.equals("_[_]") && kinds.startsWith("(string")) {
            return "; a condition has no parts of texts, ask value.brand.startsWith('Sam'), endsWith, contains or matches";
        }
        if (function.equals("!_")) {
            return "; it must be true or false, as in !present(value.image)";
        }
        if (LOGICAL.contains(function)) {
            return "; each side must be true or false, as in value.brand == 'HP' || value.brand == 'Dell'";
        }
        if (kinds.contains("null")) {
            return "; nothing is less or greater than null, ask for null with == or !=, as in value.price == null";
        }
        if (kinds.contains("timestamp") && kinds.contains("int")) {
            return "; a timestamp is compared with a date, as in value.catalog_date >= date('2026-01-31'), and a number"
                    + " with a number";
        }
        if (ORDER.contains(function) && kinds.startsWith("(bool, ")) {
            return "; two comparisons are joined with &&, as in value.year_release > 2000 && value.year_release < 2010";
        }
        if (kinds.matches("\\(bool, (string|int)\\)")) {
            return "; write true or false without quotation marks";
        }
        if (kinds.contains("string") && (kinds.contains("int") || kinds.contains("double"))) {
            return "; num(...) makes a number of a text";
        }
        if (kinds.contains("string") && kinds.contains("timestamp")) {
            return "; date('2026-01-31') makes a timestamp of a text";
        }
        return "";
    }

    private static ConditionSyntaxException syntax(String message, int offset, ConditionText text) {
        if (message.contains("For input string")
                || message.contains("invalid int literal")
                || message.contains("invalid double literal")) {
            return text.errorAt(
                    offset, "this number does not fit into 64 bits; write it with a decimal point, as in 1e20");
        }
        if (message.contains("has() macro")) {
            return text.errorAt(offset, "has needs a field, as in has(value.image)");
        }
        return OtherLanguages.find(text.text())
                .filter(finding -> !message.contains("recursion limit"))
                .map(finding -> text.errorAt(finding.offset(), finding.problem()))
                .orElseGet(() -> text.errorAt(offset, inOurWords(message)));
    }

    private static String inOurWords(String message) {
        if (message.contains("'<EOF>'")) {
            return "the condition ends too early; something is missing here";
        }
        if (message.startsWith("token recognition error")) {
            return message.contains("\\")
                    ? "this text contains an escape that does not exist; write a backslash as \\\\"
                    : "this character does not belong in a condition";
        }
        if (message.contains("recursion limit")) {
            return "the condition is nested too deeply or has too many operators in a row; at most "
                    + Language.MAX_DEPTH + " are taken";
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        if (!unexpected.matches()) {
            return message;
        }
        String input = unexpected.group(1);
        if (input.matches("\\.\\w+")) {
            return "'" + input
                    + "' was not expected here; a field whose name is a word of the language is written value[\""
                    + input.substring(1) + "\"]";
        }
        boolean isText = input.startsWith("'") || input.startsWith("\"");
        return isText
                ? input
                        + " was not expected here; join conditions with && or ||, and write a quotation mark in a text as \\'"
                : "'" + input + "' was not expected here";
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
    static int before(String text, String name, int offset) {
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
