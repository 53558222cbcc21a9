package io.catalogconnect.benchmarks.scale;

import io.catalogconnect.s3csv.offset.SourceOffset;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** What a source has sent of {@link GeneratedObjects}. */
final class SourceCount {

    private long rows;
    private long sum;
    private long markers;
    private long ended;

    /** Counts a row, or an end marker with the offset that says that its object is done. */
    void add(SourceRecord record) {
        if (record.value() instanceof Struct row) {
            rows++;
            sum += row.getInt64("c0");
        } else {
            markers++;
            ended += SourceOffset.fromMap(record.sourceOffset()).done() ? 1 : 0;
        }
    }

    /** Objects of which the end has come. */
    long objects() {
        return markers;
    }

    /**
     * Checks that each row and each end came once.
     *
     * @throws IllegalStateException if not
     */
    void check(GeneratedObjects wanted) {
        if (rows != wanted.allRows()
                || sum != wanted.sum()
                || markers != wanted.objects()
                || ended != wanted.objects()) {
            throw new IllegalStateException("The source has sent " + this + ", but the bucket has " + wanted.objects()
                    + " objects with " + wanted.allRows() + " rows, and the sum of their numbers is " + wanted.sum());
        }
    }

    @Override
    public String toString() {
        return rows + " rows, whose numbers have the sum " + sum + ", and " + markers + " end markers, of which "
                + ended + " have the offset of an end";
    }
}
