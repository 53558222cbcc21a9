package io.catalogconnect.s3csv.csv;

import java.util.Random;

/** Files with everything in them that moves bytes against characters or lines against records. */
final class RandomCsv {

    private static final String[] PIECES = {
        "a", "plain", "é", "€", "😀", "\u0301", "日本", " ", "\t", "'", "x".repeat(300), "𝔘".repeat(50)
    };
    private static final String[] QUOTED_ONLY = {",", "\n", "\r\n", "\r", "\"\"", ",,", "\n\n"};
    private static final String[] LINE_ENDS = {"\n", "\r\n"};

    private RandomCsv() {}

    static String file(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        String lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
        int records = random.nextInt(120);
        for (int i = 0; i < records; i++) {
            if (random.nextInt(12) == 0) {
                text.append(lineEnd);
            }
            int cells = 1 + random.nextInt(4);
            for (int cell = 0; cell < cells; cell++) {
                if (cell > 0) {
                    text.append(',');
                }
                cell(text, random);
            }
            if (i < records - 1 || random.nextBoolean()) {
                text.append(lineEnd);
            }
        }
        return text.toString();
    }

    private static void cell(StringBuilder text, Random random) {
        boolean quoted = random.nextInt(3) == 0;
        if (quoted) {
            text.append('"');
        } else {
            text.append('c');
        }
        for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
            String[] from = quoted && random.nextBoolean() ? QUOTED_ONLY : PIECES;
            text.append(from[random.nextInt(from.length)]);
        }
        if (quoted) {
            text.append('"');
        }
    }
}
