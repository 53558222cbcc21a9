package io.catalogconnect.dryrun.inspect;

import io.catalogconnect.dryrun.file.BadInputException;
import io.catalogconnect.dryrun.file.CellText;
import io.catalogconnect.dryrun.file.CsvFile;
import io.catalogconnect.dryrun.file.ReaderSettings;
import io.catalogconnect.dryrun.inspect.Inspection.ColumnFacts;
import io.catalogconnect.dryrun.inspect.Inspection.FileFacts;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.record.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads a file twice: its start, to find the dialect, and all rows, to find the types of the columns. */
public final class Inspector {
    private static final int FIRST_ROWS = 5;
    private static final int FIRST_MALFORMED = 5;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final String COLUMNS = "columns";
    private static final String CHARSET = "csv.charset";
    private static final String OTHER_CHARSET = "windows-1252";

    private final CsvFile file;
    private final Map<String, String> configured;

    /**
     * Reads nothing yet.
     *
     * @param configured keys of the source that the user has set; they are not guessed
     */
    public Inspector(CsvFile file, Map<String, String> configured) {
        this.file = file;
        this.configured = Map.copyOf(configured);
    }

    /** What the source makes of the file. */
    public Inspection inspect() throws BadInputException {
        byte[] head = head();
        boolean truncated = head.length == FileForm.HEAD_BYTES;
        FileForm form = FileForm.of(head, truncated, CsvFile.isUtf8(head) ? "UTF-8" : OTHER_CHARSET, configured);
        Rows rows = new Rows();
        boolean utf8 = file.read(rawSettings(form), rows::add);
        if (!utf8 && "UTF-8".equals(form.keys().get(CHARSET)) && !configured.containsKey(CHARSET)) {
            form = FileForm.of(head, truncated, OTHER_CHARSET, configured);
            rows = new Rows();
            file.read(rawSettings(form), rows::add);
        }
        return inspection(head, form, rows);
    }

    private byte[] head() throws BadInputException {
        byte[] head = file.head(ReaderSettings.of(configured), FileForm.HEAD_BYTES);
        if (head.length == 0) {
            throw new BadInputException(file.name() + " is empty. It has neither a header nor a row");
        }
        return head;
    }

    /** Settings that read every column as text. */
    private SourceSettings rawSettings(FileForm form) throws BadInputException {
        Map<String, String> keys = new HashMap<>(configured);
        keys.putAll(form.keys());
        keys.remove(COLUMNS);
        if (!form.hasHeader() || !form.nameProblems().isEmpty()) {
            keys.put(
                    COLUMNS,
                    form.usableNames().stream()
                            .map(name -> new Column(name, CandidateType.type("string"), true).toString())
                            .collect(Collectors.joining(",")));
        }
        return ReaderSettings.of(keys);
    }

    private Inspection inspection(byte[] head, FileForm form, Rows rows) throws BadInputException {
        List<ColumnGuess> guesses = rows.guesses == null
                ? form.usableNames().stream().map(ColumnGuess::new).toList()
                : rows.guesses;
        List<String> hints = new ArrayList<>(form.notes());
        hints.addAll(form.nameProblems());
        List<ColumnGuess.Result> results =
                guesses.stream().map(ColumnGuess::result).toList();
        Set<String> nullValues = new LinkedHashSet<>();
        results.forEach(result -> nullValues.addAll(result.nullWords()));
        boolean trim = results.stream().anyMatch(ColumnGuess.Result::trim);
        List<Column> columns = new ArrayList<>();
        List<ColumnFacts> facts = new ArrayList<>();
        for (int i = 0; i < guesses.size(); i++) {
            ColumnGuess guess = guesses.get(i);
            ColumnGuess.Result result = results.get(i);
            long nulls = guess.nulls(nullValues, trim);
            Column column = new Column(guess.name(), result.type(), nulls > 0 || rows.count == 0);
            columns.add(column);
            facts.add(new ColumnFacts(
                    CellText.of(guess.name()),
                    result.type() + (column.nullable() ? "?" : ""),
                    nulls,
                    result.malformed(),
                    result.firstMalformed(),
                    guess.example()));
            hints.addAll(result.notes());
        }
        KeyDate date = KeyDate.in(file.object()).orElse(null);
        Map<String, String> dialect = new LinkedHashMap<>(form.keys());
        return new Inspection(
                new FileFacts(
                        file.name(),
                        file.object().size(),
                        file.compression().name().toLowerCase(Locale.ROOT),
                        String.valueOf(form.keys().get(CHARSET)),
                        Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(head, BYTE_ORDER_MARK.length)),
                        lineEnd(head)),
                dialect,
                date,
                rows.count,
                rows.malformedCount,
                rows.malformed,
                facts,
                rows.first,
                hints,
                new Proposal(configured, form.keys(), columns, nullValues, trim, date).connector(file));
    }

    private static String lineEnd(byte[] head) {
        for (int at = 0; at < head.length; at++) {
            if (head[at] == '\n') {
                return at > 0 && head[at - 1] == '\r' ? "CRLF" : "LF";
            }
            if (head[at] == '\r' && at + 1 < head.length && head[at + 1] != '\n') {
                return "CR";
            }
        }
        return "LF";
    }

    /** Looks at all rows of the file, and keeps the first ones. */
    private final class Rows {
        private long count;
        private long malformedCount;
        private final List<String> malformed = new ArrayList<>();
        private final List<List<@Nullable String>> first = new ArrayList<>();
        private @Nullable List<ColumnGuess> guesses;

        void add(Item.Row row) {
            count++;
            Struct value = row.result().value();
            if (value == null) {
                malformedCount++;
                if (malformed.size() < FIRST_MALFORMED) {
                    malformed.add(file.named(row.result().reason()));
                }
                return;
            }
            List<Field> fields = value.schema().fields();
            List<ColumnGuess> all = guesses;
            if (all == null) {
                all = fields.stream()
                        .map(field -> new ColumnGuess(field.name()))
                        .toList();
                guesses = all;
            }
            for (int i = 0; i < all.size(); i++) {
                all.get(i).add(row.row(), (String) value.get(fields.get(i)));
            }
            if (first.size() < FIRST_ROWS) {
                List<@Nullable String> cells = new ArrayList<>();
                fields.forEach(field -> cells.add(CellText.of(value, field.name())));
                first.add(cells);
            }
        }
    }
}
