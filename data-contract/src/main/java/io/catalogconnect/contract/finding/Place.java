package io.catalogconnect.contract.finding;

import java.util.Comparator;

/**
 * A place in a text file.
 *
 * @param line from 1
 * @param column in Unicode code points, from 1
 */
public record Place(int line, int column) implements Comparable<Place> {
    /** The start of a file. */
    public static final Place START = new Place(1, 1);

    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
