package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.read.ObjectCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of files in {@code file-dialects.txt}: the settings of each (@), its lines (>), and its rows (=), malformed rows (~), the
 * reason why it is refused (!) and warnings (?). A line with & starts an object with this key, and one with < contains bytes in
 * hexadecimal digits. Each file is also read with a restart after every row.
 */
class FileDialectsTest {

    private record Case(
            String name,
            Map<String, String> settings,
            Map<String, byte[]> objects,
            List<String> expected,
            List<String> warnings) {

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fileIsReadOrRefused(Case one) throws InterruptedException {
        List<SourceRecord> readAgain = new ArrayList<>();
        assertThat(read(one, true, readAgain)).isEqualTo(one.expected());
        List<SourceRecord> read = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        AbstractAppender appender = new AbstractAppender("warnings", null, null, true, null) {
            @Override
            public void append(LogEvent event) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        };
        appender.start();
        List<Logger> loggers = Stream.of("RowScanner", "FileHeader")
                .map(name -> (Logger) LogManager.getLogger(ObjectCursor.class.getPackageName() + "." + name))
                .toList();
        Level level = loggers.get(0).getLevel();
        loggers.forEach(logger -> logger.setLevel(Level.WARN));
        loggers.forEach(logger -> logger.addAppender(appender));
        try {
            assertThat(read(one, false, read)).isEqualTo(one.expected());
        } finally {
            loggers.forEach(logger -> logger.removeAppender(appender));
            loggers.forEach(logger -> logger.setLevel(level));
        }

        assertThat(readAgain.stream().map(FileDialectsTest::position))
                .isEqualTo(read.stream().map(FileDialectsTest::position).toList());
        assertThat(warnings).containsAll(one.warnings());
        assertThat(one.expected().size() + one.warnings().size()).isPositive();
    }

    /** Reads the file row by row, and shows rows and failure as the table does. */
    private static List<String> read(Case one, boolean restarts, List<SourceRecord> read) throws InterruptedException {
        MemoryStore store = new MemoryStore();
        one.objects().forEach((key, bytes) -> store.put(key, bytes, Instant.EPOCH));
        Map<String, String> properties =
                new HashMap<>(Map.of("s3.bucket", MemoryStore.BUCKET, "topic", "raw", "poll.interval.ms", "1"));
        properties.putAll(one.settings());
        properties.put("batch.max.rows", "1");
        Polling polling = new Polling(store, properties);
        String last = one.expected().isEmpty()
                ? ""
                : one.expected().get(one.expected().size() - 1);
        boolean refused = last.startsWith("!");
        if (refused) {
            assertThatThrownBy(() -> read(polling, restarts, read)).hasMessageContaining(last.substring(1));
        } else {
            read(polling, restarts, read);
        }
        return Stream.concat(read.stream().map(FileDialectsTest::shown), refused ? Stream.of(last) : Stream.empty())
                .toList();
    }

    /** Restarts the task after each row, so that every row is a position to resume from, or never. */
    private static void read(Polling polling, boolean restarts, List<SourceRecord> read) throws InterruptedException {
        S3CsvSourceTask task = polling.task();
        List<SourceRecord> records = Polling.poll(task);
        while (!records.isEmpty()) {
            read.addAll(records);
            polling.worker().deliver(records);
            polling.worker().commit();
            task = restarts ? polling.task() : task;
            records = Polling.poll(task);
        }
    }

    private static String shown(SourceRecord record) {
        if (!(record.value() instanceof Struct row)) {
            return "~"
                    + record.headers()
                            .lastWithName("csv.reason")
                            .value()
                            .toString()
                            .replace(" of s3://catalog/catalog/a.csv", "");
        }
        return row.schema().fields().stream()
                .map((Field field) -> row.get(field))
                .map(value -> value instanceof java.util.Date date ? date.toInstant() : value)
                .map(String::valueOf)
                .collect(Collectors.joining("|", "=", ""));
    }

    private static List<Object> position(SourceRecord record) {
        return Stream.of("csv.row", "csv.byte")
                .map(name -> record.headers().lastWithName(name).value())
                .toList();
    }

    @Test
    void caseNamesAreDistinct() throws IOException {
        assertThat(cases().map(Case::name)).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(FileDialectsTest.class.getResourceAsStream("/file-dialects.txt"))) {
            for (String block : new String(in.readAllBytes(), UTF_8).split("\n\n", -1)) {
                Map<String, String> settings = new HashMap<>();
                Map<String, byte[]> objects = new LinkedHashMap<>();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                String key = "catalog/a.csv";
                List<String> expected = new ArrayList<>();
                List<String> warnings = new ArrayList<>();
                String[] lines = block.strip().split("\n", -1);
                for (String line : lines) {
                    String rest = line.substring(1);
                    switch (line.charAt(0)) {
                        case '@' ->
                            settings.put(rest.substring(0, rest.indexOf('=')), rest.substring(rest.indexOf('=') + 1));
                        case '&' -> {
                            if (bytes.size() > 0) {
                                objects.put(key, bytes.toByteArray());
                                bytes.reset();
                            }
                            key = rest;
                        }
                        case '>' ->
                            bytes.writeBytes((text(rest) + "\n")
                                    .getBytes(Charset.forName(settings.getOrDefault("csv.charset", "UTF-8"))));
                        case '<' -> bytes.writeBytes(HexFormat.of().parseHex(rest));
                        case '=' -> expected.add(text(line));
                        case '~', '!' -> expected.add(line);
                        case '?' -> warnings.add("s3://catalog/catalog/a.csv: " + rest);
                        default -> assertThat(line).startsWith("# ");
                    }
                }
                objects.put(key, bytes.toByteArray());
                cases.add(new Case(lines[0].substring(2), settings, objects, expected, warnings));
            }
        }
        return cases.stream();
    }

    private static String text(String escaped) {
        return Pattern.compile("\\\\u([0-9A-Fa-f]{4})")
                .matcher(escaped)
                .replaceAll(hex -> String.valueOf((char) Integer.parseInt(hex.group(1), 16)))
                .translateEscapes();
    }
}
