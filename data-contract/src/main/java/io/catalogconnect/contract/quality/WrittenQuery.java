package io.catalogconnect.contract.quality;

import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.QualityCheck;
import io.catalogconnect.contract.render.SqlText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries that are written in a contract. */
final class WrittenQuery {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{(\\w+)}");
    /** Comments, texts and quoted names: their content is no part of the statement. */
    private static final Pattern QUOTED =
            Pattern.compile("(?s)--[^\\n]*|#[^\\n]*|/\\*.*?\\*/|'''(?:\\\\.|.)*?'''|\"\"\"(?:\\\\.|.)*?\"\"\""
                    + "|'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"|`(?:\\\\.|[^`\\\\])*`");

    private static final Pattern SELECT = Pattern.compile("(?is)[\\s(]*(?:SELECT|WITH)\\b.*");

    private WrittenQuery() {}

    /** The query with the names of the object's table and of the column. */
    static String of(DataObject object, String column, QualityCheck check) throws InvalidCheckException {
        if (check.query().isEmpty()) {
            throw new InvalidCheckException("The check " + check.title() + " has no query.");
        }
        checkStatement(check);
        Matcher placeholders = PLACEHOLDER.matcher(check.query());
        StringBuilder sql = new StringBuilder();
        while (placeholders.find()) {
            String name = switch (placeholders.group(1).toLowerCase(Locale.ROOT)) {
                case "object" -> object.physicalName();
                case "property" -> column;
                default -> "";
            };
            if (name.isEmpty()) {
                throw new InvalidCheckException("The query of " + check.title() + " contains " + placeholders.group()
                        + ". Write {object} for the table, and {property} for the column in a check of a column.");
            }
            placeholders.appendReplacement(sql, Matcher.quoteReplacement(SqlText.name(name)));
        }
        return placeholders.appendTail(sql).toString();
    }

    /** BigQuery also refuses other statements: it says what a statement is before it runs it. */
    private static void checkStatement(QualityCheck check) throws InvalidCheckException {
        String statement = QUOTED.matcher(check.query()).replaceAll(" ").strip().replaceFirst(";$", "");
        if (!SELECT.matcher(statement).matches() || statement.contains(";")) {
            throw new InvalidCheckException(
                    "The query of " + check.title() + " must be one SELECT statement. Other statements are refused.");
        }
    }
}
