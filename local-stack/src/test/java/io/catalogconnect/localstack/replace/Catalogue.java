package io.catalogconnect.localstack.replace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * One version of a file of one date. Every row says in its comment which version it is of, so that a reader can tell whether
 * it sees all of it.
 *
 * @param date the day that the rows belong to
 * @param name the file's name, which is the object
 * @param version which version of it
 * @param rows how many rows
 * @param image whether rows have an image, which is what team A wants
 */
record Catalogue(LocalDate date, String name, int version, int rows, boolean image) {

    static Catalogue of(String date, String name, int version, int rows) {
        return new Catalogue(LocalDate.parse(date), name, version, rows, true);
    }

    Catalogue withoutImages() {
        return new Catalogue(date, name, version, rows, false);
    }

    /** What the comments say. */
    String tag() {
        return name + "#" + version;
    }

    /** Writes the file below a folder; a later version of the same file takes its place. */
    Path write(Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("brand,category_id,comment,currency,description,image,year_release\n");
        for (int row = 0; row < rows; row++) {
            csv.append("HP,")
                    .append(row)
                    .append(',')
                    .append(tag())
                    .append(",EUR,a laptop,")
                    .append(image ? "http://images/" + row : "")
                    .append(",2001\n");
        }
        Path file = folder.resolve(date.toString()).resolve(name + ".csv");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, csv);
    }
}
