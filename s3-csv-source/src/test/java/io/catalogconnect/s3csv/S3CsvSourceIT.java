package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class S3CsvSourceIT {

    private static final String HEADER = "brand,category_id,comment\n";

    private static S3Server s3;

    private final FakeWorker worker = new FakeWorker(false);
    private final List<S3CsvSourceTask> tasks = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private String prefix = "";

    @BeforeAll
    static void startServer() throws Exception {
        s3 = S3Server.start();
    }

    @AfterAll
    static void stopServer() {
        s3.close();
    }

    @BeforeEach
    void prepare(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + "/";
        properties.putAll(properties(s3.endpoint().toString(), prefix));
    }

    static Map<String, String> properties(String endpoint, String prefix) {
        Map<String, String> properties = new HashMap<>();
        properties.put("name", "source");
        properties.put("connector.class", S3CsvSourceConnector.class.getName());
        properties.put("s3.bucket", S3Server.BUCKET);
        properties.put("s3.prefix", prefix);
        properties.put("s3.endpoint", endpoint);
        properties.put("s3.path.style", "true");
        properties.put("s3.credentials", "static");
        properties.put("s3.access.key.id", S3Server.ACCESS_KEY);
        properties.put("s3.secret.access.key", S3Server.SECRET_KEY);
        properties.put("topic", "raw");
        properties.put("columns", "brand:string,category_id:int64,comment:string?");
        properties.put("poll.interval.ms", "1");
        return properties;
    }

    @AfterEach
    void stopTasks() {
        tasks.forEach(S3CsvSourceTask::stop);
    }

    @Test
    void readsMultiLineFieldsEmojiCrLfAByteOrderMarkAndALastLineWithoutEnd() throws InterruptedException {
        put("a.csv", "\uFEFFbrand,category_id,comment\r\n\"H\r\nP\",1,😀\r\nDell,2,");

        List<SourceRecord> records = drain(task());

        assertThat(records).extracting(record -> value(record, "brand")).containsExactly("H\r\nP", "Dell");
        assertThat(records).extracting(record -> value(record, "comment")).containsExactly("😀", null);
        assertThat(records).extracting(record -> header(record, "csv.byte")).containsExactly(30L, 45L);
    }

    @Test
    void restartWithinAnObjectReadsOnlyTheRest() throws InterruptedException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 5_000; i++) {
            text.append("\"Hé\nP\",").append(i).append(",😀\n");
        }
        put("a.csv", text.toString());
        properties.put("batch.max.rows", "1777");
        List<Object> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<SourceRecord> batch = poll(task());
            worker.deliver(batch);
            worker.commit();
            batch.forEach(record -> ids.add(value(record, "category_id")));
        }

        assertThat(ids).hasSize(5_000).doesNotHaveDuplicates();
        assertThat(drain(task())).isEmpty();
    }

    @Test
    void listsMoreThanAPageOfObjectsAndOnlyThoseUnderThePrefix() throws InterruptedException {
        s3.put("elsewhere/x.csv", (HEADER + "HP,-1,\n").getBytes(UTF_8));
        for (int i = 0; i < 11; i++) {
            put(i + ".csv", HEADER + "HP," + i + ",\n");
        }

        S3CsvSourceTask task = started(
                new S3CsvSourceTask(config -> S3ObjectStore.open(config.s3(), 3), Clock.systemUTC(), new Random(1)));

        assertThat(drain(task))
                .extracting(record -> value(record, "category_id"))
                .hasSize(11)
                .doesNotHaveDuplicates()
                .doesNotContain(-1L);
    }

    @Test
    void overwrittenObjectIsReadAgain() throws InterruptedException {
        put("a.csv", HEADER + "HP,1,\n");
        S3CsvSourceTask task = task();
        worker.deliver(drain(task));
        put("a.csv", HEADER + "HP,2,\n");

        assertThat(drain(task))
                .extracting(record -> value(record, "category_id"))
                .containsExactly(2L);
    }

    @Test
    void objectReplacedWhileItIsReadIsNotContinuedAtTheOldRow() throws InterruptedException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 200_000; i++) {
            text.append("HP,").append(i).append(",a comment to fill the buffers\n");
        }
        put("a.csv", text.toString());
        properties.put("batch.max.rows", "100");
        S3CsvSourceTask first = task();
        worker.deliver(poll(first));
        worker.commit();
        put("a.csv", HEADER + "HP,-1,\nHP,-2,\n");

        List<SourceRecord> records = drain(task());

        assertThat(records).extracting(record -> value(record, "category_id")).containsExactly(-1L, -2L);
        assertThat(records).extracting(record -> header(record, "csv.row")).containsExactly(1L, 2L);
    }

    @Test
    void badNumberNamesObjectRowByteColumnAndValue() {
        put("a.csv", HEADER + "HP,many,\n");
        S3CsvSourceTask task = task();

        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Row 1 of s3://catalog/" + prefix
                        + "a.csv (byte 26): category_id is a text of 4 characters, not an" + " int64.");
    }

    @Test
    void shortRowIsSkippedAndNoOtherRowIsLost() throws InterruptedException {
        properties.put("bad.rows", "skip");
        put("a.csv", HEADER + "HP,1,\nHP\nHP,3,\n");

        assertThat(drain(task()))
                .extracting(record -> value(record, "category_id"))
                .containsExactly(1L, 3L);
    }

    @Test
    void validConfigurationHasNoErrors() {
        assertThat(errors(properties)).isEmpty();
    }

    @Test
    void wrongBucketIsRefusedAtValidation() {
        properties.put("s3.bucket", "nobodys");

        assertThat(errors(properties))
                .containsExactly("Cannot list s3://nobodys/" + prefix + " at " + s3.endpoint() + ": the answer is 404"
                        + " NoSuchBucket. There is no bucket 'nobodys'. Correct s3.bucket or s3.endpoint");
    }

    @Test
    void wrongSecretIsRefusedAtValidation() {
        properties.put("s3.secret.access.key", "wrong");

        assertThat(errors(properties))
                .containsExactly("Cannot list s3://catalog/" + prefix + " at " + s3.endpoint() + ": the answer is 403"
                        + " SignatureDoesNotMatch. The access key is unknown or its secret is wrong. Correct"
                        + " s3.access.key.id and s3.secret.access.key");
    }

    @Test
    void nobodyMayReadAPrivateBucket() {
        properties.put("s3.credentials", "anonymous");

        assertThat(errors(properties))
                .containsExactly("Cannot list s3://catalog/" + prefix + " at " + s3.endpoint() + ": the answer is 403"
                        + " AccessDenied. These credentials may not do that. Allow s3:ListBucket on"
                        + " arn:aws:s3:::catalog, or correct s3.credentials");
    }

    @Test
    void unreachableStoreDoesNotMakeAConfigurationInvalid() {
        properties.put("s3.endpoint", "http://127.0.0.1:1");

        assertThat(errors(properties)).isEmpty();
    }

    /** As a mistyped region does, whose host nobody has. A label of a name has 63 characters at most. */
    @Test
    void unknownEndpointIsRefusedAtValidation() {
        String host = "s3." + "a".repeat(64) + ".example";
        properties.put("s3.endpoint", "http://" + host);

        assertThat(errors(properties))
                .singleElement()
                .asString()
                .startsWith("Cannot list s3://catalog/" + prefix + " at http://" + host + ": the host '" + host)
                .endsWith("' is not known. Correct s3.region or s3.endpoint, if it is not the network's name service");
    }

    @Test
    void publicBucketIsReadWithoutCredentials() throws Exception {
        try (S3Server open = S3Server.startPublic()) {
            open.put("p/a.csv", (HEADER + "HP,1,\n").getBytes(UTF_8));
            properties.putAll(properties(open.endpoint().toString(), "p/"));
            properties.put("s3.credentials", "anonymous");

            assertThat(errors(properties)).isEmpty();
            assertThat(drain(task()))
                    .extracting(record -> value(record, "category_id"))
                    .containsExactly(1L);
        }
    }

    private void put(String name, String text) {
        s3.put(prefix + name, text.getBytes(UTF_8));
    }

    static List<String> errors(Map<String, String> properties) {
        return new S3CsvSourceConnector()
                .validate(properties).configValues().stream()
                        .map(ConfigValue::errorMessages)
                        .flatMap(List::stream)
                        .toList();
    }

    private S3CsvSourceTask task() {
        return started(new S3CsvSourceTask());
    }

    private S3CsvSourceTask started(S3CsvSourceTask task) {
        task.initialize(worker);
        task.start(properties);
        tasks.add(task);
        return task;
    }

    private static List<SourceRecord> poll(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> records = task.poll();
        return records == null ? List.of() : records;
    }

    /** Polls until the bucket has nothing new three times. */
    private static List<SourceRecord> drain(S3CsvSourceTask task) throws InterruptedException {
        List<SourceRecord> records = new ArrayList<>();
        for (int idle = 0; idle < 3; ) {
            List<SourceRecord> batch = poll(task);
            idle = batch.isEmpty() ? idle + 1 : 0;
            records.addAll(batch);
        }
        return records;
    }

    private static Object value(SourceRecord record, String field) {
        return ((Struct) record.value()).get(field);
    }

    private static Object header(SourceRecord record, String name) {
        return record.headers().lastWithName(name).value();
    }
}
