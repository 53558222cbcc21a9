package io.catalogconnect.transforms.condition;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds operators, words and functions of SQL, Java, JavaScript and Python in a condition that is not valid, and names what the
 * language has instead. Stateless.
 */
final class OtherLanguages {
    /** A mistake: its place in code points, and the correction. */
    record Finding(int offset, String problem) {}

    private static final String CLOCK =
            "a condition cannot read the clock, so that it gives the same answer when a record is processed again; compare"
                    + " with the record's timestamp or with a date, as in value.catalog_date >= date('2026-01-31')";

    /** Tokens outside quotation marks, tried in this order; the first one in the text that matches is reported. */
    private static final Map<Pattern, String> TOKENS = new LinkedHashMap<>();

    /** Names that are not called, in small letters. */
    private static final Map<String, String> NAMES = new HashMap<>();

    /** Names that are called, in small letters. */
    private static final Map<String, String> FUNCTIONS = new HashMap<>();

    static {
        token(
                "(?i)\\bis\\s+not\\s+null\\b",
                "'IS NOT NULL' is SQL; write present(value.image), which is false for a blank text too, or"
                        + " value.image != null");
        token(
                "(?i)\\bis\\s+null\\b",
                "'IS NULL' is SQL; write blank(value.image), which is true for a blank text too, or value.image == null");
        token("(?i)\\bis\\b", "'IS' is not an operator; compare with == or !=, or ask present(value.image) or blank");
        token("(?i)\\bnot\\s+in\\b", "'NOT IN' is SQL; write !(value.brand in ['HP', 'Dell'])");
        token(
                "(?i)\\bnot\\s+(i?like|rlike|similar\\s+to)\\b",
                "'NOT LIKE' is SQL; write !value.brand.contains('sung'), startsWith, endsWith or matches");
        token("(?i)\\bilike\\b", "'ILIKE' is SQL; write lower(value.brand).contains('sung'), startsWith or endsWith");
        token("(?i)\\b(rlike|similar\\s+to)\\b", "this is not an operator; write value.brand.matches('^Sam')");
        token("(?i)\\blike\\b", "'LIKE' is SQL; write value.brand.contains('sung'), startsWith, endsWith or matches");
        token(
                "(?i)\\b(not\\s+)?between\\b",
                "'BETWEEN' is SQL; write value.year_release >= 2000 && value.year_release <= 2010");
        token("\\bIN\\b", "'IN' is written in small letters: value.brand in ['HP', 'Dell']");
        token("(?i)\\band\\b", "'AND' is not an operator; write &&");
        token("(?i)\\bor\\b", "'OR' is not an operator; write ||");
        token("(?i)\\bxor\\b", "'XOR' is not an operator; write != between two parts in parentheses");
        token(
                "(?i)\\bnot\\b",
                "'NOT' is not an operator; write ! before the part, as in !present(value.image) and"
                        + " !(value.brand == 'HP')");
        token("(?i)\\b(case|when|if|then|else|end)\\b", "a choice is written condition ? one : other");
        token("(?i)\\bselect\\b", "a rule is only the condition that follows WHERE; leave out the rest");
        token(
                "(?i)\\b(where|from|return|lambda|var|let|def|function)\\b",
                "leave this word out; a rule is only the condition");
        token(
                "(?i)\\b(contains|starts_?with|ends_?with|matches)\\b(?!\\s*\\()",
                "this is not an operator; call it with a dot and parentheses, as in value.brand.contains('sung')");
        token(
                "(?i)\\bas\\b",
                "'AS' is not an operator; a value is converted with num(value.price), string(value.year_release) or date(value.day)");
        token("(^|[(=,])\\s*/", "a regular expression is written value.brand.matches('^Sam')");
        token("\\bin\\s*\\(", "a list is written in square brackets: value.brand in ['HP', 'Dell']");
        token("===", "'===' is not an operator; compare with ==");
        token("!==", "'!==' is not an operator; compare with !=");
        token("<>|\\^=|~=", "this is not an operator; write !=");
        token("=>|=<", "this is not an operator; write >= or <=");
        token("=~|!~|~", "this is not an operator; write value.brand.matches('^Sam')");
        token("->", "this is not an operator; a condition has no lambdas");
        token(
                "::",
                "this is not an operator; a value is converted with num(value.price), string(value.year_release) or date(value.day)");
        token(
                "\\?\\.|\\?\\[",
                "'?' before a field is not needed; present(value.address.city) is false if a part of the path is null");
        token("\\?\\?|\\?:", "this is not an operator; write (present(value.a) ? value.a : value.b)");
        token(
                "\\+\\+|--(?=\\s)|\\*\\*|\\+=|-=|\\*=|/=",
                "this is not an operator; a condition computes with + - * / %");
        token("(?<![=!<>])=(?!=)", "'=' is not an operator; compare with ==");
        token("(?<!&)&(?!&)", "'&' is not an operator; write &&");
        token("(?<!\\|)\\|(?!\\|)", "'|' is not an operator; write ||");
        token(
                "[\u201C\u201D\u201E\u2018\u2019\u201A\u00AB\u00BB\u2033\u2032]",
                "write straight quotation marks, ' or \"");
        token("`", "write a name with special characters as value[\"a name\"]");
        token(";", "a rule is one condition; leave ';' out, and join conditions with && or ||");
        token("\\d,\\d{3}\\b", "a number has no separators; write 1000 and not 1,000");
        token("\\b\\d+(\\.\\d+)?[a-tv-zA-TV-Z]\\w*", "a number has no suffix and no unit");
        token("--|#", "a comment starts with //");
        token(
                "\\$\\{?\\w*|@\\w*|:\\w+",
                "a condition has no variables; write the value itself, or a field such as value.brand");
        token("(?i)\\b(date|timestamp)\\s{3,}", "a date is written with parentheses, as in date('2026-01-31')");
        token("[\\\\^]", "this character does not belong in a condition");

        for (String name : List.of("null", "none", "nil", "undefined", "nan", "nothing")) {
            NAMES.put(name, "write null in small letters, as in value.image == null");
        }
        NAMES.put("true", "write true in small letters");
        NAMES.put("false", "write false in small letters");
        for (String name :
                List.of("record", "row", "this", "self", "it", "message", "payload", "data", "after", "before")) {
            NAMES.put(name, "the record's fields are in value, as in value.brand");
        }
        for (String name : List.of("now", "current_date", "current_timestamp", "sysdate", "today")) {
            NAMES.put(name, CLOCK);
            FUNCTIONS.put(name, CLOCK);
        }
        functions("write lower(value.brand)", "tolowercase", "lcase", "lowercase", "casefold", "tolower");
        functions("write upper(value.brand)", "touppercase", "ucase", "uppercase", "toupper");
        functions("write trim(value.brand)", "strip", "ltrim", "rtrim", "lstrip", "rstrip", "btrim");
        functions("write size(value.brand)", "length", "len", "char_length", "cardinality");
        functions("write blank(value.image)", "isempty", "isblank", "isnull", "is_null", "isnullorempty", "empty");
        functions(
                "write present(value.image)",
                "isnotnull",
                "notnull",
                "isnotempty",
                "nonnull",
                "exists",
                "exists_field",
                "defined");
        functions("compare with ==, as in value.brand == 'HP'", "equals", "eq", "is");
        functions("write eqi(value.brand, 'hp')", "equalsignorecase", "iequals");
        functions(
                "write value.brand.contains('sung')",
                "includes",
                "indexof",
                "instr",
                "find",
                "search",
                "strpos",
                "position",
                "like");
        functions(
                "write value.brand.matches('^Sam')",
                "match",
                "test",
                "regexp",
                "regexp_like",
                "regexp_contains",
                "regexp_match",
                "regexp_matches",
                "regex");
        functions(
                "a condition has no parts of texts; write value.brand.startsWith('Sam'), endsWith, contains or matches",
                "substring",
                "substr",
                "slice",
                "left",
                "right",
                "charat",
                "split",
                "replace");
        functions("write value.a + value.b", "concat", "concat_ws");
        functions(
                "write (present(value.a) ? value.a : value.b)",
                "coalesce",
                "nvl",
                "ifnull",
                "getordefault",
                "orelse",
                "default");
        functions("write condition ? one : other", "if", "iif", "case", "decode");
        functions(
                "write date('2026-01-31')", "to_date", "todate", "parsedate", "parse_date", "str_to_date", "strptime");
        functions("write timestamp('2026-01-31T00:00:00Z')", "to_timestamp", "datetime", "parse_timestamp", "instant");
        functions(
                "write num(value.price)",
                "to_number",
                "tonumber",
                "cast",
                "parseint",
                "parsefloat",
                "float",
                "number",
                "parsedouble",
                "decimal",
                "bigdecimal",
                "safe_cast",
                "long",
                "toint");
        functions("write string(value.year_release)", "str", "tostring", "to_char", "text");
        functions("write value.catalog_date.getFullYear()", "year", "getyear");
        functions("write value.catalog_date.getMonth(), which counts from 0", "month", "getmonthvalue");
        functions("write value.catalog_date.getDate()", "day", "dayofmonth");
        functions("write ! before the part, as in !present(value.image)", "not");
        functions("write &&", "and", "all_of");
        functions("write ||", "or", "any_of");
        functions("write value['a name']", "get", "getfield", "getstring", "field", "json_value", "json_extract");
        functions(
                "a condition has no such function; it computes with + - * / %",
                "abs", "round", "floor", "ceil", "mod", "pow", "sqrt");
        functions("a rule looks at one record, not at several", "count", "min", "max", "sum", "avg");
        functions("write value.brand in ['HP', 'Dell']", "any", "some");
    }

    private OtherLanguages() {}

    private static void token(String regex, String problem) {
        TOKENS.put(Pattern.compile(regex), problem);
    }

    private static void functions(String problem, String... names) {
        for (String name : names) {
            FUNCTIONS.put(name, problem);
        }
    }

    /** The correction of a name that the language does not have, without a full stop. */
    static Optional<String> correctionOf(String name, boolean isCalled) {
        return Optional.ofNullable((isCalled ? FUNCTIONS : NAMES).get(name.toLowerCase(Locale.ROOT)));
    }

    /** The first token of another language in a condition that cannot be parsed, or a quotation mark that is not closed. */
    static Optional<Finding> find(String condition) {
        StringBuilder code = new StringBuilder(condition);
        int open = blankTexts(code);
        @Nullable String problem = null;
        int least = Integer.MAX_VALUE;
        for (Map.Entry<Pattern, String> token : TOKENS.entrySet()) {
            Matcher matcher = token.getKey().matcher(code);
            boolean isFound = matcher.find();
            while (isFound && isField(code, matcher.start())) {
                isFound = matcher.find();
            }
            if (isFound && matcher.start() < least) {
                least = matcher.start();
                problem = token.getValue();
            }
        }
        if (open >= 0 && open < least) {
            least = open;
            problem = "this quotation mark is not closed";
        }
        return problem == null
                ? Optional.empty()
                : Optional.of(new Finding(condition.codePointCount(0, least), problem));
    }

    private static boolean isField(CharSequence code, int start) {
        return start > 0 && code.charAt(start - 1) == '.' && Character.isLetter(code.charAt(start));
    }

    /** Replaces what is in quotation marks or in a comment by spaces; the index of a mark that is not closed, or -1. */
    private static int blankTexts(StringBuilder code) {
        int at = 0;
        while (at < code.length()) {
            char mark = code.charAt(at);
            if (mark == '/' && code.indexOf("//", at) == at) {
                at = blank(code, at, endOfLine(code, at));
            } else if (mark == '\'' || mark == '"') {
                String delimiter = String.valueOf(mark);
                boolean isTriple = code.indexOf(delimiter.repeat(3), at) == at;
                int end = endOfText(code, at, isTriple ? delimiter.repeat(3) : delimiter);
                if (end < 0) {
                    int open = at;
                    blank(code, at, code.length());
                    return open;
                }
                at = blank(code, at, end);
            } else {
                at++;
            }
        }
        return -1;
    }

    private static int endOfText(StringBuilder code, int start, String delimiter) {
        boolean isRaw = start > 0 && (code.charAt(start - 1) == 'r' || code.charAt(start - 1) == 'R');
        for (int i = start + delimiter.length(); i < code.length(); i++) {
            if (code.charAt(i) == '\\' && !isRaw) {
                i++;
            } else if (code.indexOf(delimiter, i) == i) {
                return i + delimiter.length();
            } else if (code.charAt(i) == '\n' && delimiter.length() == 1) {
                return -1;
            }
        }
        return -1;
    }

    private static int endOfLine(StringBuilder code, int from) {
        int end = code.indexOf("\n", from);
        return end < 0 ? code.length() : end;
    }

    private static int blank(StringBuilder code, int from, int to) {
        for (int i = from; i < to; i++) {
            code.setCharAt(i, ' ');
        }
        return to;
    }
}
