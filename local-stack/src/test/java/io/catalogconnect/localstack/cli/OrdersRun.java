package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Identity;
import com.google.cloud.NoCredentials;
import com.google.cloud.Policy;
import com.google.cloud.Role;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.s3.CatalogBucket;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The contract of the orders on a stack on which the product catalogue runs: another dataset, a grant, and files of hours. */
final class OrdersRun {
    private static final Path CONTRACT = Path.of("..", "config", "contracts", "orders.odcs.yaml");
    private static final Path SAMPLES = Path.of("..", "config", "sample");
    private static final Pattern STEP = Pattern.compile("\\[ *\\d+ s] [+~?] .*");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int STEPS = 9;

    private final Path directory;
    private final Path stack;
    private final Path catalog;
    private final String s3;
    private final String rest;
    private final BigQuery bigQuery;
    private final CatalogctlScript catalogctl;

    /**
     * @param stack file with the addresses of the stack
     * @param catalog the contract of the product catalogue that is applied
     */
    OrdersRun(Path directory, Path stack, Path catalog, int s3Port, int bigQueryPort) {
        this.catalog = catalog;
        this.directory = directory;
        this.stack = stack;
        this.s3 = "http://127.0.0.1:" + s3Port;
        this.rest = "http://127.0.0.1:" + bigQueryPort;
        this.bigQuery = BigQueryOptions.newBuilder()
                .setProjectId(CatalogDataset.PROJECT)
                .setHost(rest)
                .setCredentials(NoCredentials.getInstance())
                .setLocation("US")
                .build()
                .getService();
        this.catalogctl = new CatalogctlScript(stack, directory);
    }

    void run() throws Exception {
        List<String> before = catalogue();
        applyIsKilledAfterEachStep();
        bothHoursArrive();
        grantIsRestoredBesideAnotherMember();
        breakingChangeAndDraftAreRefusedBeforeAnyWrite();
        savedPlanIsAppliedOnce();
        retiredProductGetsItsRowsAgain();
        assertThat(catalogue()).isEqualTo(before).isNotEmpty();
        catalogctl.run(0, "plan", catalog);
    }

    /** The tables of the catalogue with their entity tags. */
    private List<String> catalogue() {
        return Stream.of("products_raw", "products_team_a", "products_team_b")
                .map(table -> bigQuery.getTable(TableId.of(CatalogDataset.NAME, table)))
                .map(table -> table.getTableId() + " " + table.getEtag())
                .toList();
    }

    /** Each apply is killed when it reports its first step, until one has nothing more to report. */
    private void applyIsKilledAfterEachStep() throws Exception {
        catalogctl.run(2, "plan", CONTRACT);
        int kills = 0;
        while (isKilled(catalogctl.start("apply", CONTRACT, "--yes"))) {
            kills++;
            assertThat(kills).isLessThanOrEqualTo(STEPS);
        }
        assertThat(kills).isGreaterThan(STEPS / 2);
        catalogctl.run(0, "plan", CONTRACT);
        assertThat(bigQuery.getIamPolicy(TableId.of("orders", "large_orders")).getBindings())
                .isEqualTo(Map.of(Role.of("roles/bigquery.dataViewer"), Set.of(Identity.group("fraud@example.com"))));
    }

    /** Somebody has replaced the member, and changes the policy once more while it is being restored. */
    private void grantIsRestoredBesideAnotherMember() throws Exception {
        Role viewer = Role.of("roles/bigquery.dataViewer");
        Identity auditor = Identity.user("auditor@example.com");
        TableId table = TableId.of("orders", "large_orders");
        bigQuery.setIamPolicy(
                table, Policy.newBuilder().addIdentity(viewer, auditor).build());
        catalogctl.run(2, "plan", CONTRACT);
        assertThat(catalogctl.printed())
                .contains(
                        "  ? grant     roles/bigquery.dataViewer on large_orders for group:fraud@example.com   was removed"
                                + " outside of the contract")
                .contains(
                        "  note: grant roles/bigquery.dataViewer on large_orders for user:auditor@example.com is not in"
                                + " the contract. catalogctl keeps it.");
        BigQueryFault.add(rest, "ABORTED", ":setIamPolicy", 1);
        catalogctl.run(0, "apply", CONTRACT, "--yes");
        assertThat(BigQueryFault.active(rest)).doesNotContain("setIamPolicy");
        assertThat(bigQuery.getIamPolicy(table).getBindings())
                .isEqualTo(Map.of(viewer, Set.of(auditor, Identity.group("fraud@example.com"))));
    }

    private static boolean isKilled(Process apply) throws IOException, InterruptedException {
        try (BufferedReader progress = apply.errorReader(StandardCharsets.UTF_8)) {
            List<String> lines = new ArrayList<>();
            for (String line = progress.readLine(); line != null; line = progress.readLine()) {
                lines.add(line);
                if (STEP.matcher(line).matches()) {
                    apply.destroyForcibly().waitFor();
                    return true;
                }
            }
            assertThat(apply.waitFor()).as(String.join("\n", lines)).isZero();
            return false;
        }
    }

    private void bothHoursArrive() throws Exception {
        try (CatalogBucket bucket = new CatalogBucket(s3)) {
            for (String hour : List.of("09", "10")) {
                bucket.put(
                        SAMPLES.resolve("orders-" + hour + ".csv"),
                        "orders/dt=2026-11-01/hour=" + hour + "/orders.csv");
            }
        }
        await("orders", "20");
        await("large_orders", "7");
        assertThat(rows("SELECT CONCAT(column_name, ' ', data_type, ' ', is_nullable) FROM INFORMATION_SCHEMA.COLUMNS"
                        + " WHERE table_name = 'large_orders' AND ordinal_position <= 5 ORDER BY ordinal_position"))
                .containsExactly(
                        "order_id INT64 NO",
                        "customer_email STRING NO",
                        "total NUMERIC(12, 2) NO",
                        "ordered_at TIMESTAMP NO",
                        "file_date DATE NO");
        assertThat(rows("SELECT SUM(total) FROM orders")).containsExactly("31423.37");
        assertThat(rows("SELECT CONCAT(CAST(order_id AS STRING), ' ', CAST(total AS STRING), ' ',"
                        + " FORMAT_TIMESTAMP('%F %T', ordered_at), ' ', CAST(file_date AS STRING))"
                        + " FROM large_orders WHERE order_id >= 10000 ORDER BY order_id"))
                .containsExactly(
                        "10002 1000 2026-11-01 09:10:00 2026-11-01",
                        "10003 1234.5 2026-11-01 09:15:00 2026-11-01",
                        "10005 10250.75 2026-11-01 09:25:00 2026-11-01");
        // The same person has the same pseudonym in both tables, and nobody's address is readable.
        assertThat(rows("SELECT COUNT(DISTINCT customer_email) FROM orders")).containsExactly("8");
        assertThat(rows("SELECT DISTINCT LENGTH(customer_email) FROM orders UNION DISTINCT"
                        + " SELECT COUNT(*) FROM orders WHERE customer_email LIKE '%@%'"))
                .containsExactlyInAnyOrder("64", "0");
    }

    private void await(String table, String count) throws InterruptedException {
        Wait wait = Wait.upTo(PATIENCE);
        List<String> found = rows("SELECT COUNT(*) FROM " + table);
        while (!found.equals(List.of(count)) && !wait.isOver()) {
            wait.pause();
            found = rows("SELECT COUNT(*) FROM " + table);
        }
        assertThat(found).as(table).containsExactly(count);
    }

    private List<String> rows(String sql) throws InterruptedException {
        return bigQuery.query(QueryJobConfiguration.newBuilder(sql)
                        .setDefaultDataset("orders")
                        .build())
                .streamAll()
                .map(row -> String.valueOf(row.get(0).getValue()))
                .toList();
    }

    /** Proxies in front of Kafka Connect and BigQuery see requests that read, and no others. Topics are compared. */
    private void breakingChangeAndDraftAreRefusedBeforeAnyWrite() throws Exception {
        Path breaking = variant("breaking", "version: 1.0.0", "version: 1.1.0", "required: true", "required: false");
        Path draft = variant("draft", "version: 1.0.0", "version: 1.0.1", "status: active", "status: draft");
        Properties addresses = new Properties();
        try (BufferedReader in = Files.newBufferedReader(stack)) {
            addresses.load(in);
        }
        try (CountingProxy connect = new CountingProxy(address(addresses, "connect"));
                CountingProxy proxy = new CountingProxy(address(addresses, "bigquery.rest"))) {
            Path through = directory.resolve("proxies.properties");
            Files.writeString(
                    through,
                    "connect=" + connect.address() + "\nkafka=" + address(addresses, "kafka") + "\nbigquery.rest="
                            + proxy.address() + "\n");
            CatalogctlScript proxied = new CatalogctlScript(through, directory);
            proxied.run(3, "plan", breaking);
            assertThat(proxied.run(3, "apply", breaking, "--yes"))
                    .anyMatch(line ->
                            line.startsWith("The version is 1.1.0. A major change (") && line.contains("2.0.0"));
            assertThat(connect.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET "));
            assertThat(proxied.run(3, "apply", draft, "--yes"))
                    .endsWith("The status of the contract is draft, so it can be planned, but apply, replay and retire"
                            + " refuse it. Set status: active in the contract.");
            assertThat(connect.requests()).allMatch(request -> request.startsWith("GET "));
            assertThat(proxy.requests())
                    .anyMatch(request -> request.startsWith("GET "))
                    .allMatch(request -> request.startsWith("GET ") || request.endsWith(":getIamPolicy"));
        }
        Path plan = directory.resolve("draft.json");
        catalogctl.run(2, "plan", draft);
        catalogctl.run(3, "plan", draft, "--out=" + plan);
        assertThat(plan).doesNotExist();
        catalogctl.run(0, "plan", CONTRACT);
    }

    private static String address(Properties addresses, String key) {
        return Objects.requireNonNull(addresses.getProperty(key));
    }

    private void savedPlanIsAppliedOnce() throws Exception {
        Path next =
                variant("next", "version: 1.0.0", "version: 1.0.1", "description: All orders.", "description: Orders.");
        Path plan = directory.resolve("plan.json");
        catalogctl.run(2, "plan", next, "--out=" + plan);
        assertThat(Files.readString(plan)).startsWith("{\n  \"format\": \"catalogctl-plan\",\n  \"formatVersion\": 2,");
        catalogctl.run(0, "apply", plan);
        catalogctl.run(0, "apply", plan);
        assertThat(catalogctl.printed()).contains("No changes. ");
        catalogctl.run(0, "plan", next);
    }

    /** Everything is deleted, and the product returns with a later version. The source has read the files, and the sink has written them. */
    private void retiredProductGetsItsRowsAgain() throws Exception {
        Path retired = variant("retired", "version: 1.0.0", "version: 2.0.0", "status: active", "status: retired");
        catalogctl.run(0, "apply", retired, "--yes");
        int before = catalogctl.printed().length();
        catalogctl.run(0, "retire", retired);
        List<String> resources = catalogctl
                .printed()
                .substring(before)
                .lines()
                .filter(line -> line.startsWith("  - "))
                .map(line -> "--confirm=" + line.substring(4))
                .toList();
        assertThat(resources).contains("--confirm=table orders", "--confirm=connector orders-sink");
        catalogctl.run(0, "retire", retired, resources.toArray(String[]::new));
        assertThat(bigQuery.getTable(TableId.of("orders", "orders"))).isNull();

        Path again = variant("again", "version: 1.0.0", "version: 3.0.0");
        catalogctl.run(0, "apply", again, "--yes");
        assertThat(catalogctl.run(1, "status", again, "--wait", "--timeout=60"))
                .last()
                .asString()
                .startsWith("Not all files are shown: rows of earlier files are not in orders, large_orders");
        // The new tables have no rows of these files.
        catalogctl.run(0, "replay", again, "--since=2026-11-01", "--accept=duplicates", "--wait", "--timeout=60");
        assertThat(rows("SELECT COUNT(*) FROM orders")).containsExactly("20");
        assertThat(rows("SELECT COUNT(*) FROM large_orders")).containsExactly("7");
    }

    /** The contract with replacements, each of which must occur. */
    private Path variant(String name, String... replacements) throws IOException {
        String text = Files.readString(CONTRACT);
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return Files.writeString(directory.resolve(name + ".odcs.yaml"), text);
    }
}
