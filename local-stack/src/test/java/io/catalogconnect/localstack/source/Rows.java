package io.catalogconnect.localstack.source;

/** The rows of every file: with an image every third, of Samsung every second, in several lines every fifth. */
final class Rows {
    static final String COLUMNS = "brand:string,category_id:int64,image:string?,description:string";

    private Rows() {}

    static boolean hasImage(long row) {
        return row % 3 == 0;
    }

    static boolean isSamsung(long row) {
        return row % 2 == 0;
    }

    /** A file with the given number of rows. */
    static String csv(int rows) {
        StringBuilder csv = new StringBuilder("brand,category_id,image,description\n");
        for (int row = 1; row <= rows; row++) {
            csv.append(isSamsung(row) ? "Samsung" : "HP")
                    .append(',')
                    .append(row)
                    .append(',')
                    .append(hasImage(row) ? "\uD83D\uDCF1" : "")
                    .append(row % 5 == 0 ? ",\"two\nlines\"\n" : ",one line\n");
        }
        return csv.toString();
    }
}
