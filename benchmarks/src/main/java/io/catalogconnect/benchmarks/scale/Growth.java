package io.catalogconnect.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The cost of a case of {@code growth}.
 *
 * @param pieces objects of the source, or topic partitions of the sink
 */
record Growth(int pieces, int dates, int columns, Cost cost) {

    private static final double MEGABYTE = 1e6;

    /**
     * The lines of a table. Each ratio divides the cost of a cell by the cost of a cell in the first case: it is 1 if the cost is
     * proportional to the cells. The last two columns are the cost of each piece after those of the first case: the CPU time that
     * the rows alone do not explain, and heap.
     *
     * @param piece name of a piece
     */
    static List<String> table(String piece, List<Growth> cases) {
        List<String> lines = new ArrayList<>();
        lines.add(line("", "", "", "", "CPU s", "CPU s", "", "MB", "bytes", "", "heap MB", "", "each " + piece, ""));
        lines.add(line(
                piece + "s",
                "dates",
                "columns",
                "rows",
                "/ M rows",
                "/ M cells",
                "ratio",
                "/ M rows",
                "/ cell",
                "ratio",
                "first batch",
                "end",
                "CPU us",
                "heap bytes"));
        cases.forEach(each -> lines.add(each.line(cases.get(0))));
        return lines;
    }

    private String line(Growth first) {
        return line(
                number("%,d", pieces),
                number("%,d", dates),
                number("%,d", columns),
                number("%,d", cost.rows()),
                number("%,.2f", cpuPerRow() * 1e6),
                number("%.3f", cpuPerRow() * 1e6 / columns),
                number("%.2f", cpuPerRow() / columns / (first.cpuPerRow() / first.columns)),
                number("%,.0f", bytesPerRow() * 1e6 / MEGABYTE),
                number("%.1f", bytesPerRow() / columns),
                number("%.2f", bytesPerRow() / columns / (first.bytesPerRow() / first.columns)),
                cost.heapBytesAtStart() == 0 ? "" : number("%.1f", cost.heapBytesAtStart() / MEGABYTE),
                number("%.1f", cost.heapBytes() / MEGABYTE),
                pieces == first.pieces
                        ? ""
                        : number(
                                "%,.0f",
                                (cpuPerRow() - first.cpuPerRow()) * cost.rows() * 1e6 / (pieces - first.pieces)),
                pieces == first.pieces
                        ? ""
                        : number(
                                "%,.0f",
                                (double) (cost.heapBytes() - first.cost.heapBytes()) / (pieces - first.pieces)));
    }

    private double cpuPerRow() {
        return cost.cpuSeconds() / cost.rows();
    }

    private double bytesPerRow() {
        return (double) cost.allocatedBytes() / cost.rows();
    }

    private static String number(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%10s %6s %8s %9s | %9s %9s %6s | %9s %9s %6s | %11s %7s | %15s %11s", cells)
                .stripTrailing();
    }
}
