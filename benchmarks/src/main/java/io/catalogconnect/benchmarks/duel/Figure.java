package io.catalogconnect.benchmarks.duel;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One line of the result.
 *
 * @param name what was measured
 * @param baseline against what
 * @param unit of both
 * @param outcome the measurements
 * @param wanted what the ratio or the figure is meant to be; empty for nothing
 */
public record Figure(String name, String baseline, String unit, Duel.Outcome outcome, String wanted) {
    static final List<String> TITLES =
            List.of("benchmark", "unit", "figure", "baseline", "which is", "ratio", "rounds", "wanted");

    /** The ratio of the medians. */
    public double ratio() {
        return median(outcome.subject()) / median(outcome.baseline());
    }

    /** Whether the figure is per second, so that a higher one is better. Other figures are times. */
    boolean isRate() {
        return unit.endsWith("/s");
    }

    List<String> cells() {
        List<Double> ratios = outcome.ratios();
        return List.of(
                name,
                unit,
                number(median(outcome.subject())),
                number(median(outcome.baseline())),
                baseline,
                format("%.2f", ratio()),
                format("%.2f to %.2f", Collections.min(ratios), Collections.max(ratios)),
                wanted);
    }

    private static String number(double value) {
        return format(value < 1_000 ? "%.1f" : "%,.0f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The lines of a table with these figures, titles first. */
    public static List<String> table(List<Figure> figures) {
        List<List<String>> rows = Stream.concat(
                        Stream.of(TITLES), figures.stream().map(Figure::cells))
                .toList();
        int[] widths = new int[TITLES.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        boolean number = i == 2 || i == 3 || i == 5;
                        String padding = " ".repeat(widths[i] - row.get(i).length());
                        line.append(number ? padding + row.get(i) : row.get(i) + padding)
                                .append("  ");
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
