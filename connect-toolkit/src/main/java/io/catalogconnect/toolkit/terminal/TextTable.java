package io.catalogconnect.toolkit.terminal;

import java.io.PrintWriter;
import java.util.List;

/** Prints rows in columns as wide as their widest cell. */
public final class TextTable {
    private TextTable() {}

    /**
     * Prints a header and rows; each row has as many cells as the header.
     *
     * @param out receives the text
     * @param header names of the columns
     * @param rows the cells
     */
    public static void print(PrintWriter out, List<String> header, List<List<String>> rows) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        printRow(out, header, widths);
        rows.forEach(row -> printRow(out, row, widths));
    }

    private static void printRow(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(column == 0 ? "" : "  ").append(cell).append(" ".repeat(widths[column] - cell.length()));
        }
        out.println(line.toString().stripTrailing());
    }
}
