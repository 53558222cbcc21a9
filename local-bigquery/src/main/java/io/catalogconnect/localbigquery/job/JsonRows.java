package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.catalogconnect.localbigquery.store.Column;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads the rows of an upload with one JSON object per line. */
final class JsonRows implements SourceRows {

    private final BufferedReader reader;
    private final List<Column> columns;
    private final boolean ignoreUnknown;
    private final Instant now;
    private @Nullable String line;
    private long row;

    JsonRows(BufferedReader reader, List<Column> columns, JobConfigurationLoad options, Instant now) {
        this.reader = reader;
        this.columns = columns;
        this.ignoreUnknown = Boolean.TRUE.equals(options.getIgnoreUnknownValues());
        this.now = now;
    }

    @Override
    public boolean hasNext() {
        try {
            while (line == null || line.isBlank()) {
                line = reader.readLine();
                if (line == null) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the uploaded rows", e);
        }
    }

    @Override
    public @Nullable Object[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String text = String.valueOf(line);
        line = null;
        row++;
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new MalformedRowException(
                    "", "JSON parsing error in row starting at line " + row + ": " + e.getMessage());
        }
        if (!json.isJsonObject()) {
            throw new MalformedRowException(
                    "", "JSON parsing error in row starting at line " + row + ": Start of object expected");
        }
        return JsonRow.of(json.getAsJsonObject(), columns, ignoreUnknown, now);
    }

    @Override
    public long position() {
        return row;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
