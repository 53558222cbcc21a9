package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.ErrorProto;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The valid rows of a file. Fails as soon as there are more malformed rows than the job allows. */
final class ValidRows implements Iterator<@Nullable Object[]> {

    private final SourceRows source;
    private final long allowed;
    private final String format;
    private final List<ErrorProto> errors = new ArrayList<>();
    private @Nullable Object @Nullable [] row;

    ValidRows(SourceRows source, long allowed, String format) {
        this.source = source;
        this.allowed = allowed;
        this.format = format;
    }

    @Override
    public boolean hasNext() {
        while (row == null && source.hasNext()) {
            try {
                row = source.next();
            } catch (MalformedRowException e) {
                String where = "Error while reading data, error message: Row " + source.position() + ": ";
                errors.add(new ErrorProto()
                        .setReason("invalid")
                        .setLocation(e.field().isEmpty() ? null : e.field())
                        .setMessage(where + e.getMessage()));
                if (errors.size() > allowed) {
                    throw ServiceError.invalid("Error while reading data, error message: " + format
                            + " table encountered too many errors, giving up. Rows: " + source.position() + "; errors: "
                            + errors.size()
                            + ". Please look into the errors[] collection for more details. Row " + source.position()
                            + ": " + e.getMessage());
                }
            }
        }
        return row != null;
    }

    @Override
    public @Nullable Object[] next() {
        @Nullable Object[] next = hasNext() ? row : null;
        if (next == null) {
            throw new NoSuchElementException();
        }
        row = null;
        return next;
    }

    /** The malformed rows so far, as errors of the job. */
    List<ErrorProto> errors() {
        return errors;
    }

    /** Number of malformed rows so far. */
    long bad() {
        return errors.size();
    }
}
