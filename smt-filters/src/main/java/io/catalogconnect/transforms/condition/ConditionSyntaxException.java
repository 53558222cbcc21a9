package io.catalogconnect.transforms.condition;

/**
 * A condition cannot be used as it is written. The message says what is wrong, gives line and column, and shows the line
 * with a caret under the place.
 */
public final class ConditionSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_EXCERPT = 120;

    private final String problem;
    private final int line;
    private final int column;

    ConditionSyntaxException(String problem, int line, int column, String lineText) {
        super("line " + line + ", column " + column + ": " + problem + "\n" + excerpt(lineText, column));
        this.problem = problem;
        this.line = line;
        this.column = column;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** Line in the configuration value, from 1. */
    public int line() {
        return line;
    }

    /** Column in that line in Unicode code points, from 1. */
    public int column() {
        return column;
    }

    /** The line, or what is around the place where the line is long, and the caret below. */
    private static String excerpt(String line, int column) {
        int[] points = line.codePoints().toArray();
        int from = Math.max(0, Math.min(column - 1 - MAX_EXCERPT / 2, points.length - MAX_EXCERPT));
        int to = Math.min(points.length, from + MAX_EXCERPT);
        StringBuilder caret = new StringBuilder(from > 0 ? "    " : "");
        for (int i = from; i < column - 1; i++) {
            // Tabs stay tabs, so that the caret stands under its place however wide they are shown.
            caret.append(i < points.length && points[i] == '\t' ? '\t' : ' ');
        }
        String shown =
                (from > 0 ? "... " : "") + new String(points, from, to - from) + (to < points.length ? " ..." : "");
        return "  " + shown + "\n  " + caret + '^';
    }
}
