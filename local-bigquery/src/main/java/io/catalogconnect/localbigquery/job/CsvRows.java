package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.ColumnDefault;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import io.catalogconnect.localbigquery.store.TextValues;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV upload. */
final class CsvRows implements SourceRows {

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<Column> columns;
    private final JobConfigurationLoad options;
    private final Instant now;
    private final String nullMarker;
    private long row;

    CsvRows(Reader reader, List<Column> columns, JobConfigurationLoad options, Instant now) throws IOException {
        for (Column column : columns) {
            if (column.repeated() || column.type() == FieldType.STRUCT) {
                throw ServiceError.invalid(
                        "Cannot load CSV data with a repeated or nested field. Field: " + column.name());
            }
        }
        this.columns = columns;
        this.options = options;
        this.now = now;
        this.nullMarker = options.getNullMarker() == null ? "" : options.getNullMarker();
        this.parser = parser(reader, options);
        this.records = parser.iterator();
        long skip = options.getSkipLeadingRows() == null ? 0 : options.getSkipLeadingRows();
        for (long i = 0; i < skip && records.hasNext(); i++) {
            records.next();
            row++;
        }
    }

    /** A parser of the job's CSV dialect. */
    static CSVParser parser(Reader reader, JobConfigurationLoad options) throws IOException {
        return CSVParser.parse(reader, format(options));
    }

    private static CSVFormat format(JobConfigurationLoad options) {
        String delimiter = options.getFieldDelimiter() == null ? "," : options.getFieldDelimiter();
        String quote = options.getQuote() == null ? "\"" : options.getQuote();
        CSVFormat.Builder format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter.equalsIgnoreCase("tab") ? "\t" : delimiter)
                .setIgnoreEmptyLines(true);
        return format.setQuote(quote.isEmpty() ? null : (Character) quote.charAt(0))
                .get();
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            throw ServiceError.invalid("Error while reading data, error message: " + e.getMessage());
        }
    }

    @Override
    public @Nullable Object[] next() {
        CSVRecord record = records.next();
        row++;
        int given = record.size();
        boolean ignore = Boolean.TRUE.equals(options.getIgnoreUnknownValues());
        boolean jagged = Boolean.TRUE.equals(options.getAllowJaggedRows());
        if (given > columns.size() && !ignore) {
            throw new MalformedRowException(
                    "",
                    "Too many values in row starting at position " + record.getCharacterPosition() + ". Found " + given
                            + " column(s) while expected " + columns.size() + ".");
        }
        if (given < columns.size() && !jagged) {
            throw new MalformedRowException(
                    "",
                    "CSV table references column position " + given + ", but line contains only " + given
                            + " columns.");
        }
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            values[i] = i < given
                    ? value(record.get(i), column)
                    : ColumnDefault.of(column).at(now);
            column.check(values[i]).ifPresent(wrong -> {
                throw new MalformedRowException(column.name(), wrong);
            });
        }
        return values;
    }

    private @Nullable Object value(String text, Column column) {
        boolean marked = text.equals(nullMarker);
        boolean textual = column.type() == FieldType.STRING || column.type() == FieldType.BYTES;
        // An empty field is an empty string unless the job sets an empty null marker.
        if (marked && (!textual || options.getNullMarker() != null)) {
            return null;
        }
        try {
            return TextValues.parse(column.type(), text);
        } catch (InvalidValueException e) {
            throw new MalformedRowException(
                    column.name(),
                    e.getMessage() + " for field " + column.name() + " (position " + columns.indexOf(column) + ")");
        }
    }

    @Override
    public long position() {
        return row;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
