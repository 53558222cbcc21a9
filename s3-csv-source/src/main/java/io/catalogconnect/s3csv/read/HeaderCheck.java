package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.object.MessageText;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import io.catalogconnect.s3csv.record.HeaderHints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the names of a header can become the fields of a record. With declared columns only these become fields. */
final class HeaderCheck {

    private HeaderCheck() {}

    /**
     * Checks all names.
     *
     * @param fileDateColumn name of the additional field; null for none
     * @throws DamagedObjectException that names the column and its positions, which count from 1
     */
    static void check(List<String> names, @Nullable String fileDateColumn) throws DamagedObjectException {
        String format = HeaderHints.otherFormat(names);
        if (!format.isEmpty()) {
            throw new DamagedObjectException("the object looks like " + format
                    + ", not like CSV with a header. Exclude it with object.key.pattern, or declare its columns");
        }
        Map<String, Integer> positions = new HashMap<>();
        for (int position = 1; position <= names.size(); position++) {
            String name = names.get(position - 1);
            if (name.isBlank()) {
                throw new DamagedObjectException("column " + position + " of " + names.size()
                        + " in the header has no name. Correct the file, or declare the columns to read in columns"
                        + (position == names.size() && position > 1
                                ? ". If every row ends with a delimiter, set csv.trailing.delimiter=ignore"
                                : ""));
            }
            Integer first = positions.putIfAbsent(name, position);
            if (first != null) {
                throw new DamagedObjectException(
                        "the header contains the column '" + MessageText.of(name) + "' twice, at positions " + first
                                + " and " + position + ". Correct the file, or declare the columns to read in columns");
            }
            if (name.equals(fileDateColumn)) {
                throw new DamagedObjectException(
                        "the header contains the column '" + MessageText.of(name) + "' at position " + position
                                + ", and file.date.column has the same name. Choose another name for file.date.column");
            }
        }
    }
}
