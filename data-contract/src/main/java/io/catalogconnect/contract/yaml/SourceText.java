package io.catalogconnect.contract.yaml;

import io.catalogconnect.contract.finding.Place;
import java.util.ArrayList;
import java.util.List;

/** The text of a file, with its lines. Immutable. */
public final class SourceText {
    private static final int MAX_EXCERPT = 100;

    private final String text;
    private final List<Integer> lineStarts = new ArrayList<>();

    SourceText(String text) {
        this.text = text;
        lineStarts.add(0);
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            lineStarts.add(i + 1);
        }
    }

    String text() {
        return text;
    }

    /** The index of a place. */
    int index(Place place) {
        int start = lineStarts.get(Math.min(place.line(), lineStarts.size()) - 1);
        int column = Math.min(place.column() - 1, text.codePointCount(start, text.length()));
        return text.offsetByCodePoints(start, column);
    }

    /** The place of an index. */
    Place place(int index) {
        int line = lineStarts.size();
        while (lineStarts.get(line - 1) > index) {
            line--;
        }
        return new Place(line, text.codePointCount(lineStarts.get(line - 1), index) + 1);
    }

    /** A line, or the part of it around a place, and below it a caret under the place. */
    public String excerpt(Place place) {
        int start = lineStarts.get(place.line() - 1);
        int end = text.indexOf('\n', start);
        String line = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
        int[] points = line.codePoints().toArray();
        int at = Math.min(place.column() - 1, points.length);
        int from = 0;
        while (from < at && Character.isWhitespace(points[from])) {
            from++;
        }
        from = Math.max(from, Math.min(at - MAX_EXCERPT / 2, points.length - MAX_EXCERPT));
        int to = Math.min(points.length, from + MAX_EXCERPT);
        return "  " + new String(points, from, to - from).replace('\t', ' ') + "\n  " + " ".repeat(at - from) + "^";
    }

    /**
     * The place in the file of a character of a scalar's value. Indentation and line folding change white space only, so the
     * characters that are not white space have the same order in the value and in the file.
     *
     * @param line line in the value, from 1
     * @param column column in that line in code points, from 1
     */
    public Place placeIn(YamlNode.Scalar scalar, int line, int column) {
        SourceText value = new SourceText(scalar.value());
        int target = value.index(new Place(line, column));
        boolean atEnd = target >= scalar.value().stripTrailing().length();
        long before = scalar.value()
                .substring(0, target)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c))
                .count();
        ScalarCharacters characters = new ScalarCharacters(text, scalar);
        int last = characters.index();
        for (long i = 0; i <= before && characters.next(); i++) {
            last = i == before && !atEnd ? characters.index() : characters.end();
        }
        return place(last);
    }
}
