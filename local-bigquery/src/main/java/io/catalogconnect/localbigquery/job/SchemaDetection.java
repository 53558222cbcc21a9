package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Detects the schema of a CSV or newline-delimited JSON file from its first 500 rows, for load jobs with {@code autodetect}. */
final class SchemaDetection {

    private static final int SAMPLE = 500;

    private SchemaDetection() {}

    /** Detects the schema of a file with one JSON object per line. */
    static TableSchema json(BufferedReader reader) throws IOException {
        DetectedType root = new DetectedType();
        int rows = 0;
        for (String line = reader.readLine(); line != null && rows < SAMPLE; line = reader.readLine()) {
            if (!line.isBlank()) {
                root.addJson(parse(line, ++rows));
            }
        }
        return new TableSchema().setFields(root.fields());
    }

    private static JsonElement parse(String line, int row) {
        try {
            JsonElement json = JsonParser.parseString(line);
            if (json.isJsonObject()) {
                return json;
            }
        } catch (JsonParseException e) {
            throw ServiceError.invalid("Failed to detect the schema: JSON parsing error in row " + row);
        }
        throw ServiceError.invalid("Failed to detect the schema: row " + row + " is not a JSON object");
    }

    /**
     * Detects the schema of a CSV file. The first row is a header if all of its fields are texts and a later row has another type. Sets the
     * number of rows to skip in the options.
     */
    static TableSchema csv(BufferedReader reader, JobConfigurationLoad options) throws IOException {
        Integer given = options.getSkipLeadingRows();
        List<CSVRecord> records = new ArrayList<>();
        try (CSVParser parser = CsvRows.parser(reader, options)) {
            Iterator<CSVRecord> all = parser.iterator();
            for (int i = 1; given != null && i < given && all.hasNext(); i++) {
                all.next();
            }
            while (all.hasNext() && records.size() <= SAMPLE) {
                records.add(all.next());
            }
        }
        if (records.isEmpty()) {
            throw ServiceError.invalid("Failed to detect the schema: the file has no rows");
        }
        CSVRecord first = records.get(0);
        boolean mayHaveHeader = given == null || given > 0;
        List<DetectedType> types = types(records.subList(1, records.size()), options);
        boolean header = mayHaveHeader
                && types(List.of(first), options).stream().allMatch(DetectedType::isText)
                && !types.stream().allMatch(DetectedType::isText);
        if (!header && (given == null || given == 0)) {
            types = types(records, options);
        }
        if (header && given == null) {
            options.setSkipLeadingRows(1);
        }
        List<TableFieldSchema> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String name = header && i < first.size()
                    ? columnName(first.get(i))
                    : types.get(i).defaultName(i);
            fields.add(types.get(i).field(name));
        }
        return new TableSchema().setFields(fields);
    }

    private static List<DetectedType> types(List<CSVRecord> records, JobConfigurationLoad options) {
        String marker = options.getNullMarker() == null ? "" : options.getNullMarker();
        List<DetectedType> types = new ArrayList<>();
        for (CSVRecord record : records) {
            for (int i = 0; i < record.size(); i++) {
                if (types.size() == i) {
                    types.add(new DetectedType());
                }
                if (!record.get(i).equals(marker)) {
                    types.get(i).addText(record.get(i));
                }
            }
        }
        return types;
    }

    /** A name that BigQuery accepts. */
    private static String columnName(String header) {
        String name = header.strip().replaceAll("[^\\p{L}\\p{N}_]", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
