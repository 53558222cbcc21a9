package io.catalogconnect.localstack.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.kafka.Broker;
import io.catalogconnect.localstack.kafka.Topics;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import io.catalogconnect.localstack.s3.S3Server;
import io.catalogconnect.toolkit.rest.ConnectRest;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Files of many kinds on a real worker, each read by a separate connector: its rows arrive, or its task fails and says why. All
 * dialects of a kind are in the source's own tests.
 */
@Tag("soak")
final class SourceFilesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PEOPLE = "id,name\n1,Ann\n2,Bob\n";
    private static final String ANN = "1|Ann";
    private static final String BOB = "2|Bob";

    @TempDir
    Path directory;

    /**
     * One file.
     *
     * @param name name of the connector, of its topic and of the folder of the file
     * @param settings settings of the connector
     * @param files content by key below the folder
     * @param rows expected rows in order, with the cells separated by {@code |}
     * @param failure expected part of the failure of the task, or empty if it runs
     */
    private record Case(
            String name, Map<String, String> settings, Map<String, byte[]> files, List<String> rows, String failure) {
        static Case of(String name, String columns, String key, byte[] content) {
            Map<String, String> settings = new HashMap<>();
            settings.put("columns", columns);
            return new Case(name, settings, new LinkedHashMap<>(Map.of(key, content)), List.of(), "");
        }

        static Case of(String name, String columns, String content) {
            return of(name, columns, "f.csv", content.getBytes(UTF_8));
        }

        Case with(String key, String value) {
            settings.put(key, value);
            return this;
        }

        Case file(String key, String content) {
            files.put(key, content.getBytes(UTF_8));
            return this;
        }

        Case gives(String... expected) {
            return new Case(name, settings, files, List.of(expected), failure);
        }

        Case failsWith(String message) {
            return new Case(name, settings, files, rows, message);
        }
    }

    private static List<Case> cases() {
        String people = "id:int64,name:string";
        return List.of(
                Case.of(
                                "german-export",
                                "town:string,zip:string,amount:decimal(10,2;de-DE),day:date(dd.MM.yyyy)",
                                "f.csv",
                                "town;zip;amount;day\nKöln;01067;1.234,56;25.11.2026\n"
                                        .getBytes(Charset.forName("windows-1252")))
                        .with("csv.delimiter", ";")
                        .with("csv.charset", "windows-1252")
                        .with("value.converter", "org.apache.kafka.connect.json.JsonConverter")
                        .with("value.converter.decimal.format", "NUMERIC")
                        .gives("Köln|01067|1234.56|20782"),
                Case.of("separator-line", people, "\uFEFFsep=;\r\nid;name\r\n1;Ann\r\n")
                        .with("csv.delimiter", ";")
                        .gives(ANN),
                Case.of("preamble", people, "Report of sales\nGenerated,2026-11-25\n\n" + PEOPLE)
                        .with("csv.skip.lines", "3")
                        .gives(ANN, BOB),
                Case.of("duplicate-header", "", "key,Sprint,Sprint\nX-1,s1,s2\n")
                        .failsWith("the header contains the column 'Sprint' twice, at positions 2 and 3"),
                Case.of("empty-header", "", "id,,name\n1,x,Ann\n").failsWith("column 2 of 3 in the header has no name"),
                Case.of("trailing-delimiter", "", "id,name,\n1,Ann,\n2,Bob,\n")
                        .with("csv.trailing.delimiter", "ignore")
                        .gives(ANN, BOB),
                Case.of("trailing-delimiter-in-rows", people, "id,name\n1,Ann,\n")
                        .failsWith("csv.trailing.delimiter=ignore"),
                Case.of("whole-decimal", "id:int64,year:int64", "id,year\n1,2001.0\n")
                        .gives("1|2001"),
                Case.of("fraction-as-integer", "id:int64,year:int64", "id,year\n1,2001.5\n")
                        .failsWith("year is a text of 6 characters, not an int64"),
                Case.of("boolean-words", "id:int64,a:boolean(yes/no)?", "id,a\n1,yes\n2,NO\n3,\n")
                        .gives("1|true", "2|false", "3|null"),
                Case.of("epoch", "id:int64,ts:timestamp(epoch-s)", "id,ts\n1,1764028800\n")
                        .gives("1|1764028800000"),
                Case.of(
                                "timestamps",
                                "id:int64,ts:timestamp(iso;UTC)",
                                "id,ts\n1,2026-11-25 10:00:00\n2,2026-11-25T10:00:00+01:00\n")
                        .gives("1|1795600800000", "2|1795597200000"),
                Case.of("bytes-behind-gzip", people, "f.csv.gz", concat(gzip(PEOPLE), "garbage"))
                        .failsWith("is not a whole gzip file"),
                Case.of("rows-behind-gzip", people, "f.csv.gz", concat(gzip("id,name\n1,Ann\n"), "2,Bob\n"))
                        .failsWith("is not a whole gzip file"),
                Case.of("gzip-without-suffix", people, "f.csv", gzip(PEOPLE)).gives(ANN, BOB),
                Case.of("gzip-with-long-suffix", people, "f.csv.gzip", gzip(PEOPLE))
                        .gives(ANN, BOB),
                Case.of("zip-archive", people, "f.zip", zip(PEOPLE)).failsWith("ZIP archive"),
                Case.of("header-case", people, "ID,Name\n1,Ann\n")
                        .with("columns.match", "ignore-case")
                        .gives(ANN),
                Case.of("header-case-not-accepted", people, "ID,Name\n1,Ann\n").failsWith("columns.match=ignore-case"),
                Case.of("housekeeping-files", people, PEOPLE)
                        .file("_SUCCESS", "")
                        .file(".DS_Store", "\0\0\0\1Bud1")
                        .gives(ANN, BOB),
                Case.of("hive-partitions", people, "year=2026/month=11/day=25/f.csv", PEOPLE.getBytes(UTF_8))
                        .with("file.date.pattern", "year=(?<year>\\d{4})/month=(?<month>\\d{2})/day=(?<day>\\d{2})")
                        .with("file.date.column", "d")
                        .gives(ANN + "|20782", BOB + "|20782"),
                Case.of("compact-date", people, "product_catalog_20261124.csv", PEOPLE.getBytes(UTF_8))
                        .with("file.date.pattern", "(?<date>\\d{8})")
                        .with("file.date.format", "yyyyMMdd")
                        .with("file.date.column", "d")
                        .gives(ANN + "|20781", BOB + "|20781"),
                Case.of("key-without-date", people, PEOPLE)
                        .with("file.date.pattern", "dt=(?<date>\\d{4}-\\d{2}-\\d{2})")
                        .failsWith("file.date.missing"),
                Case.of("row-too-large-for-the-producer", people, "id,name\n1," + "x".repeat(1_500_000) + "\n2,Bob\n")
                        .with("bad.rows", "skip")
                        .gives(BOB),
                Case.of(
                                "mysql-dump",
                                "id:int64,a:string?,b:string?",
                                "1\tO\\'Neil\t\\N\n2\tline\\\nbreak\t\"q\\\"x\"\n3\ttab\\\there\tz\n")
                        .with("csv.delimiter", "\\t")
                        .with("csv.quote", "none")
                        .with("csv.escape", "\\")
                        .with("csv.header", "absent")
                        .with("null.values", "\\N")
                        .gives("1|O'Neil|null", "2|line\nbreak|\"q\"x\"", "3|tab\there|z"),
                Case.of("footer", people, PEOPLE + "Total,,30\n")
                        .with("csv.footer.pattern", "Total,.*")
                        .gives(ANN, BOB),
                Case.of("wrong-delimiter", people, "id;name\n1;Ann\n").failsWith("set csv.delimiter"),
                Case.of("no-break-space", people, "id,name\n1\u00A0,Ann\n")
                        .with("trim", "true")
                        .gives(ANN));
    }

    @Test
    void rowsOfEachFileArriveOrItsTaskFailsAndSaysWhy() throws Exception {
        FreePorts ports = new FreePorts(new Random());
        int kafka = ports.take(0);
        int rest = ports.take(0);
        String bootstrap = "127.0.0.1:" + kafka;
        StackLayout layout = new StackLayout(Path.of(".."), directory, List.of("s3-csv-source"));
        List<Case> cases = cases();
        try (JavaProcess broker = Broker.start(layout, kafka, ports.take(0));
                S3Server server = S3Server.start(layout.s3(), ports.take(0));
                S3Client s3 = CrashingSource.client(server)) {
            CrashingSource.createBucket(server);
            broker.awaitReady(PATIENCE);
            try (Topics topics = new Topics(bootstrap);
                    JavaProcess worker =
                            Worker.start(layout, new Worker.Options("connect", "512m"), rest, bootstrap, Map.of());
                    KafkaConsumer<String, String> consumer = consumer(bootstrap)) {
                topics.create(cases.stream().map(Case::name).collect(Collectors.toSet()));
                for (Case one : cases) {
                    one.files()
                            .forEach((key, content) -> s3.putObject(
                                    request -> request.bucket(CrashingSource.BUCKET)
                                            .key(one.name() + "/" + key),
                                    RequestBody.fromBytes(content)));
                }
                worker.awaitReady(PATIENCE);
                ConnectRest connect = new ConnectRest("http://127.0.0.1:" + rest, worker::checkRunning);
                for (Case one : cases) {
                    connect.put(SourceDefinition.of(
                            one.name(), server.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY, settings(one)));
                }

                SoftAssertions all = new SoftAssertions();
                for (Case one : cases) {
                    if (one.failure().isEmpty()) {
                        awaitRows(consumer, connect, one);
                    } else {
                        all.assertThat(failure(connect, one.name()))
                                .as(one.name())
                                .contains(one.failure());
                    }
                    all.assertThat(rows(consumer, one.name())).as(one.name()).isEqualTo(one.rows());
                }
                all.assertAll();
            }
        }
    }

    private static Map<String, String> settings(Case one) {
        Map<String, String> settings =
                new HashMap<>(Map.of("s3.prefix", one.name() + "/", "topic", one.name(), "poll.interval.ms", "1000"));
        settings.putAll(one.settings());
        return settings;
    }

    private static void awaitRows(KafkaConsumer<String, String> consumer, ConnectRest connect, Case one)
            throws Exception {
        Wait patience = Wait.upTo(PATIENCE);
        while (rows(consumer, one.name()).size() < one.rows().size()) {
            if (connect.status(one.name()).toString().contains("FAILED")) {
                return;
            }
            assertThat(patience.isOver()).as(one.name()).isFalse();
            patience.pause();
        }
    }

    private static String failure(ConnectRest connect, String name) throws InterruptedException {
        Wait patience = Wait.upTo(PATIENCE);
        while (true) {
            String status = connect.status(name).toString();
            if (status.contains("FAILED")) {
                return status;
            }
            assertThat(patience.isOver()).as(name).isFalse();
            patience.pause();
        }
    }

    private static KafkaConsumer<String, String> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /** The committed rows of a topic, with the cells separated by {@code |}. */
    private static List<String> rows(KafkaConsumer<String, String> consumer, String topic) throws IOException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<String> values = new ArrayList<>();
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
        }
        List<String> rows = new ArrayList<>();
        for (String value : values) {
            JsonNode payload = JsonMapper.builder().build().readTree(value).get("payload");
            List<String> cells = new ArrayList<>();
            payload.forEach(cell -> cells.add(cell.asText()));
            rows.add(String.join("|", cells));
        }
        return rows;
    }

    private static byte[] gzip(String text) {
        return packed(out -> {
            try (GZIPOutputStream archive = new GZIPOutputStream(out)) {
                archive.write(text.getBytes(UTF_8));
            }
        });
    }

    private static byte[] zip(String text) {
        return packed(out -> {
            try (ZipOutputStream archive = new ZipOutputStream(out)) {
                archive.putNextEntry(new ZipEntry("f.csv"));
                archive.write(text.getBytes(UTF_8));
            }
        });
    }

    private static byte[] concat(byte[] archive, String rest) {
        return packed(out -> {
            out.write(archive);
            out.write(rest.getBytes(UTF_8));
        });
    }

    @FunctionalInterface
    private interface Packing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] packed(Packing packing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            packing.to(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
