package io.catalogconnect.catalogctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands print, and their exit codes. */
final class CatalogctlTest {
    private static final Path CONTRACT = Path.of("../config/contracts/product-catalog.odcs.yaml");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void validContractPrintsOneLine() {
        assertThat(run("lint", CONTRACT.toString())).isZero();
        assertThat(out.toString()).isEqualTo(CONTRACT + ": no errors" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void invalidContractExitsWithOne() throws IOException {
        Path file = invalid();
        assertThat(run("lint", file.toString())).isEqualTo(1);
        assertThat(out.toString())
                .isEqualTo(String.format(
                        "%s:9:1: error: Unknown key 'statuss' in a contract. Did you mean 'status'? [unknown-key]%n"
                                + "%s: 1 error%n",
                        file, file));
    }

    @Test
    void findingsArePrintedAsJsonAndSarif() throws IOException {
        assertThat(run("lint", "-o", "json", invalid().toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("{").contains("\"rule\": \"unknown-key\"");
        assertThat(run("lint", "-o", "sarif", invalid().toString())).isEqualTo(1);
        assertThat(out.toString()).contains("\"ruleId\": \"unknown-key\"");
    }

    @Test
    void hostileFileIsRefusedWithoutAStackTrace() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "a: !!java.net.URL [x]");
        assertThat(run("lint", file.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(":1:4: error: This is not valid YAML: Global tag is not allowed")
                .doesNotContain("\tat ");
    }

    @Test
    void everyCommandHasHelpAndAVersion() {
        Set<String> commands = Catalogctl.commandLine(new PrintWriter(out), new PrintWriter(err))
                .getSubcommands()
                .keySet();
        assertThat(commands).contains("lint", "apply", "help", "completion");
        for (String command : commands) {
            assertThat(printed(command, "--help")).as(command).contains("Usage: catalogctl " + command);
            if (!command.equals("help")) {
                assertThat(printed(command, "--version").strip()).as(command).isEqualTo("catalogctl unknown");
            }
        }
        assertThat(printed("--help")).startsWith("Usage: catalogctl ");
        assertThat(printed("--version").strip()).isEqualTo("catalogctl unknown");
    }

    @Test
    void absentFileIsNamed() {
        assertThat(run("lint", "absent.yaml")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("absent.yaml is not a file.");
    }

    @Test
    void connectorsAreWrittenToAFolder() throws IOException {
        assertThat(run("render", CONTRACT.toString(), "--env", "local", "--out", folder.toString()))
                .isZero();
        assertThat(Files.readString(folder.resolve("catalog-sink.json")))
                .isEqualTo(Files.readString(Path.of("../config/connectors/replace/catalog-sink.json")));
        assertThat(folder.resolve("catalog-source.json")).exists();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void connectorsArePrinted() {
        assertThat(run("render", CONTRACT.toString(), "--env", "cluster")).isZero();
        assertThat(out.toString()).contains("\"name\": \"catalog-source\"", "\"name\": \"catalog-sink\"");
    }

    @Test
    void unknownEnvironmentListsTheEnvironments() {
        assertThat(run("render", CONTRACT.toString(), "--env", "prod")).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo(CONTRACT + " has no environment 'prod'. It has: local, local-append, cluster.");
    }

    @Test
    void invalidContractIsNotRendered() throws IOException {
        assertThat(run("render", invalid().toString(), "--env", "local")).isEqualTo(1);
        assertThat(err.toString()).contains("Unknown key 'statuss'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void differencesHaveTheirLevelAndPlace() throws IOException {
        Path next = Files.writeString(
                folder.resolve("next.yaml"),
                Files.readString(CONTRACT)
                        .replace("version: 1.2.0", "version: 1.2.1")
                        .replace("value.year_release > 2000", "value.year_release >= 2000"));
        assertThat(run("diff", CONTRACT.toString(), CONTRACT.toString())).isZero();
        assertThat(out.toString().strip()).isEqualTo("No differences.");
        assertThat(run("diff", CONTRACT.toString(), next.toString())).isEqualTo(2);
        assertThat(out.toString())
                .contains(next + ":247:17: minor: samsung_without_image: rule changed; team-b must approve;")
                .contains("1.2.0 -> 1.2.1: 1 change. The version is 1.2.1. A minor change (")
                .contains(") needs version 1.3.0 or later.");
        assertThat(run("diff", "-o", "json", CONTRACT.toString(), next.toString()))
                .isEqualTo(2);
        assertThat(out.toString()).contains("\"level\": \"minor\"");
        assertThat(run("diff", "-o", "markdown", CONTRACT.toString(), next.toString()))
                .isEqualTo(2);
        assertThat(out.toString()).contains("| minor | samsung\\_without\\_image | rule changed;");
        assertThat(run("diff", invalid().toString(), next.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Unknown key 'statuss'");
    }

    @Test
    void catalogueIsWrittenToAFolder() {
        assertThat(run("docs", "../config/contracts", "--out", folder.toString()))
                .isZero();
        assertThat(out.toString().strip()).isEqualTo("2 products, 5 tables: " + folder.resolve("index.html"));
        assertThat(folder.resolve("product-catalog.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(run("docs", CONTRACT.toString(), "--out", folder.toString())).isZero();
        assertThat(out.toString()).contains("\n1 product, 3 tables: ");
        Path file = folder.resolve("index.html");
        assertThat(run("docs", CONTRACT.toString(), "--out", file.toString())).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo(file + " exists already and is not a folder.");
        assertThat(run("docs", CONTRACT.toString(), CONTRACT.toString(), "--out", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("another contract has the name product-catalog too.");
    }

    @Test
    void otherFilesAreRendered() {
        assertThat(run("render", CONTRACT.toString(), "--env", "cluster", "--what", "strimzi,alerts,grants"))
                .isZero();
        assertThat(out.toString()).contains("kind: \"KafkaConnector\"", "alert: \"FileLate\"");
        assertThat(err.toString().strip()).isEqualTo("Nothing to render for grants in cluster.");
        assertThat(run("render", CONTRACT.toString(), "--env", "cluster", "--what", "terraform"))
                .isEqualTo(64);
        assertThat(err.toString())
                .contains("Unknown rendering 'terraform'. Write one of: connectors, worker-env, strimzi, kafka-acls,");
    }

    @Test
    void contractIsDraftedFromAnInspectedFile() {
        assertThat(run("init", "--csv", "a.csv", "--name", "web-orders")).isZero();
        assertThat(out.toString())
                .contains("# Drafted from a.csv (12 rows).", "name: web-orders", "delimiter: ';'")
                .contains("- {name: total, logicalType: number, physicalType: 'NUMERIC(38,9)', classification:")
                .contains("settings: {trim: 'true'}");
        assertThat(err.toString().lines())
                .contains("Read 12 rows of a.csv, 1 of them malformed.", "Note: the file has no date")
                .endsWith("web-orders.odcs.yaml: 7 errors");
        assertThat(run("init", "--csv", "undeclared.csv", "--name", "a")).isEqualTo(1);
        assertThat(err.toString()).contains("undeclared.csv has a column that cannot be declared: id");
        assertThat(run("init", "--csv", "absent.csv", "--name", "a")).isEqualTo(1);
        assertThat(err.toString()).contains("absent.csv does not exist");
    }

    @Test
    void sampleShowsHowManyRowsEachRuleSelects() {
        assertThat(run("lint", CONTRACT.toString(), "--sample", "a.csv")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        CONTRACT + ": no errors",
                        "rule                   of 200 rows    example rows",
                        "products_with_image    150            1, 2, 3",
                        "samsung_without_image  0",
                        "  undecided: 3 rows, the first is row 9: year_release is null",
                        "2 rows are malformed, the first: row 7 has 3 cells");
    }

    @Test
    void sampleOfAContractWithoutRulesIsReadToo() throws IOException {
        assertThat(run("init", "--csv", "a.csv", "--name", "web-orders", "--location", "s3://bucket/in/"))
                .isZero();
        Path file = Files.writeString(
                folder.resolve("a.yaml"),
                out.toString()
                        .replace("personalData: TODO", "personalData: none")
                        .replace("value: TODO", "value: 30")
                        .replace("TODO", "someone"));
        assertThat(printed("lint", file.toString(), "--sample", "a.csv").lines())
                .containsExactly(
                        file + ": no errors",
                        "The contract has no rules. The file has 200 rows.",
                        "2 rows are malformed, the first: row 7 has 3 cells");
        assertThat(run("lint", file.toString(), "--sample", "absent.csv")).isEqualTo(1);
        assertThat(err.toString()).contains("absent.csv does not exist");
    }

    @Test
    void pluginsCheckTheConnectors() throws IOException {
        assertThat(run("lint", "--connectors", CONTRACT.toString())).isZero();
        Path file = Files.writeString(
                folder.resolve("a.yaml"),
                Files.readString(CONTRACT)
                        .replace("schema.evolution: relax", "wrong.key: relax")
                        .replace(
                                "      topics: {",
                                "      settings: {source: {wrong.source: 1}, sink: {wrong.sink: 1}}\n      topics: {")
                        .replace("region: us-east-1", "region: wrong-region"));
        assertThat(run("lint", "--connectors", file.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        ":32:26: error: wrong.source is wrong. [connector]",
                        ":32:51: error: wrong.sink is wrong. [connector]")
                .contains(":80:21: error: wrong.key is wrong. [connector]", ": error: s3.region is wrong. [connector]");
        assertThat(run("lint", "--connectors", invalid().toString())).isEqualTo(1);
    }

    @Test
    void policyLimitsWhatAContractNames() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "apiVersion: v1\nteams: [{team: other}]");
        assertThat(run("lint", "--policy", policy.toString(), CONTRACT.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("The policy has no entry for the team 'catalog'. [policy]");
        Files.writeString(policy, "apiVersion: v1\nteam: []");
        assertThat(run("lint", "--policy", policy.toString(), CONTRACT.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Unknown key 'team' in a policy. Did you mean 'teams'?");
        assertThat(run("lint", "--policy", "absent.yaml", CONTRACT.toString())).isEqualTo(1);
    }

    /** The commands that render or change resources. None of them sends a request first: no service answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {"render", "plan", "apply --yes", "replay --date=2026-11-01", "retire --confirm=products_raw"})
    void policyIsReadByCommandsThatChangeResources(String command) throws IOException {
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"),
                "apiVersion: v1\nteams: [{team: catalog, partitions: 2, topics: [\"products.*\"]}]");
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of(CONTRACT.toString(), "--env=local", "--policy=" + policy));
        if (!command.equals("render")) {
            arguments.add("--contexts=" + downContext());
        }
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        CONTRACT
                                + ":32:28: error: The topics have 3 partitions. The policy permits at most 2. [policy]",
                        CONTRACT + ": 1 error");
        assertThat(out.toString()).isEmpty();

        err.getBuffer().setLength(0);
        Files.writeString(policy, "apiVersion: v1\nteams: [{team: catalog, partitions: 3}]");
        int permitted = run(arguments.toArray(String[]::new));
        assertThat(err.toString()).doesNotContain("[policy]");
        assertThat(permitted).isEqualTo(command.equals("render") ? 0 : 1);
        assertThat(command.equals("render") ? out.toString() : err.toString()).isNotEmpty();
    }

    /** The state of a product can be read, whatever the policy permits now. */
    @ParameterizedTest
    @ValueSource(strings = {"status", "check", "doctor", "history", "diff", "docs"})
    void policyIsNoOptionOfCommandsThatOnlyRead(String command) {
        CommandLine found = Catalogctl.commandLine(new PrintWriter(out), new PrintWriter(err))
                .getSubcommands()
                .get(command);
        assertThat(Objects.requireNonNull(found).getCommandSpec().findOption("--policy"))
                .isNull();
    }

    /** No service is asked: nothing would ever be read. */
    @Test
    void filesOfARetiredProductAreNotWaitedFor() throws IOException {
        Path retired = Files.writeString(
                folder.resolve("retired.odcs.yaml"),
                Files.readString(CONTRACT).replace("status: active", "status: retired"));
        assertThat(run("status", retired.toString(), "--env=local", "--contexts=" + downContext(), "--wait"))
                .isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo("The status of the contract is retired, so its files are not read, and --wait would never"
                        + " end.");
    }

    @Test
    void draftIsNotRenderedToBeApplied() throws IOException {
        Path draft = Files.writeString(
                folder.resolve("draft.odcs.yaml"),
                Files.readString(CONTRACT).replace("status: active", "status: draft"));
        assertThat(run("render", draft.toString(), "--env", "local")).isZero();
        out.getBuffer().setLength(0);
        assertThat(run("render", draft.toString(), "--env", "local", "--to-apply"))
                .isEqualTo(3);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip())
                .isEqualTo(
                        "The status of the contract is draft, so it can be planned, but apply, replay and retire refuse"
                                + " it. Set status: active in the contract.");
    }

    @Test
    void serviceThatDoesNotAnswerIsNamed() throws IOException {
        Path stack = Files.writeString(folder.resolve("stack.properties"), "bigquery.rest=http://127.0.0.1:1\n");
        for (String command : new String[] {"plan", "apply"}) {
            assertThat(run(command, CONTRACT.toString(), "--env", "local", "--stack", stack.toString()))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("BigQuery at http://127.0.0.1:1: ")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void contextAndEnvironmentMustExist() throws IOException {
        Path contexts = Files.writeString(
                folder.resolve("contexts.yaml"),
                "contexts: {prod: {connect: {url: 'http://c'}, kafka: {bootstrap: 'k:1'}}}");
        assertThat(run("plan", CONTRACT.toString(), "--env", "test", "--contexts", contexts.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("There is no context 'test' in " + contexts);
        assertThat(run("plan", CONTRACT.toString(), "--env", "prod", "--contexts", contexts.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(CONTRACT + " has no environment 'prod'. It has: local, local-append, cluster.");
        assertThat(run("apply", CONTRACT.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("Missing required option: '--env=CONTEXT'");
    }

    @Test
    void fileOfContextsThatTheUserNamesMustExist() {
        Path absent = folder.resolve("absent.yaml");
        for (String context : new String[] {"local", "prod"}) {
            assertThat(run("status", CONTRACT.toString(), "--env", context, "--contexts", absent.toString()))
                    .isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .hasSize(2)
                .containsOnly(absent + " is not a file. --contexts names a file with contexts.");
    }

    @Test
    void wrongValuesOfOptionsAreExplained() {
        for (String option : new String[] {"--date", "--since"}) {
            assertThat(run("replay", CONTRACT.toString(), "--env", "local", option, "2026-13-01"))
                    .isEqualTo(64);
            assertThat(err.toString())
                    .contains("Invalid value for option '" + option
                            + "': '2026-13-01' is not a date. Write it as YYYY-MM-DD.")
                    .doesNotContain("Exception");
        }
        assertThat(run("check", CONTRACT.toString(), "--env", "local", "--date", "today"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("'today' is not a date. Write it as YYYY-MM-DD.");
        assertThat(run("status", CONTRACT.toString(), "--env", "local", "--timeout", "-5"))
                .isEqualTo(64);
        assertThat(err.toString())
                .contains("Invalid value for option '--timeout': '-5' is not a whole number of seconds.");
    }

    /** No service answers: each contract has its line, and a contract that cannot be read does not hide the others. */
    @Test
    void statusOfSeveralContractsHasALineForEach() throws IOException {
        Path orders = CONTRACT.resolveSibling("orders.odcs.yaml");
        String contexts = downContext().toString();
        String wrong = invalid().toString();
        assertThat(run("status", CONTRACT.toString(), wrong, orders.toString(), "--env=local", "--contexts", contexts))
                .isEqualTo(1);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "product version health connectors files newest row lag",
                        "product-catalog ? 3 problems ? ? - ?",
                        "orders ? 3 problems ? ? - ?");
        assertThat(err.toString()).contains("Unknown key 'statuss'");

        out.getBuffer().setLength(0);
        assertThat(run(
                        "status",
                        CONTRACT.toString(),
                        orders.toString(),
                        "-o=json",
                        "--env=local",
                        "--contexts",
                        contexts))
                .isEqualTo(1);
        assertThat(new ObjectMapper().readTree(out.toString())).hasSize(2);

        assertThat(run("status", CONTRACT.toString(), orders.toString(), "--wait", "--env=local"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("--wait and --web take one contract.");
    }

    @Test
    void servicesThatDoNotAnswerAreProblems() throws IOException {
        assertThat(run(
                        "status",
                        CONTRACT.toString(),
                        "--env=local",
                        "--contexts",
                        downContext().toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .startsWith("product-catalog 1.2.0 on local (it is not known what was applied)  3 problems")
                .contains(
                        "! Kafka Connect does not answer at http://127.0.0.1:1: the connection is refused",
                        "! Kafka at 127.0.0.1:1 does not answer",
                        "! BigQuery at http://127.0.0.1:1: ");
        assertThat(err.toString()).isEmpty();
    }

    private Path downContext() throws IOException {
        Files.writeString(folder.resolve("client.properties"), "default.api.timeout.ms=1000\nrequest.timeout.ms=500\n");
        return Files.writeString(folder.resolve("down.yaml"), """
                contexts:
                  local:
                    connect: {url: "http://127.0.0.1:1"}
                    kafka: {bootstrap: "127.0.0.1:1", properties: client.properties}
                    bigquery: {credentials: none, endpoint: "http://127.0.0.1:1"}
                    variables: {CATALOG_BIGQUERY_PROJECT: p, CATALOG_BIGQUERY_DATASET: d}
                """);
    }

    @Test
    void unknownConsentIsRefusedWithTheKnownOnes() {
        assertThat(run("apply", CONTRACT.toString(), "--env", "local", "--accept", "deletion,all"))
                .isEqualTo(64);
        assertThat(err.toString())
                .startsWith(
                        "Invalid value for option '--accept' (CONSENT): 'all' is not known. Write deletion or exposure.");
        assertThat(run("apply", "absent.yaml", "--env", "local", "--accept", "Deletion,exposure"))
                .isEqualTo(1);
    }

    @Test
    void planThatIsCutIsNotReadAsAContract() throws IOException {
        Path cut = Files.writeString(
                folder.resolve("plan.json"), "{\n  \"format\": \"catalogctl-plan\",\n  \"formatVersion\": 2,");
        assertThat(run("apply", cut.toString(), "--env", "local")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo(cut + " is an incomplete plan. Make a new plan.");
    }

    @Test
    void misspelledCommandIsRefusedWithACorrection() {
        assertThat(run("paln")).isEqualTo(64);
        assertThat(err.toString())
                .isEqualTo(String.format(
                        "There is no command 'paln'. Did you mean 'plan'? 'catalogctl help' lists the commands.%n"));
        assertThat(run("xyz")).isEqualTo(64);
        assertThat(err.toString()).contains("There is no command 'xyz'. 'catalogctl help'");
        assertThat(run("lint", "--outptu", "json", "a.yaml")).isEqualTo(64);
    }

    @Test
    void completionIsAValidShellScript() throws IOException, InterruptedException {
        assertThat(run("completion")).isZero();
        Path script = Files.writeString(folder.resolve("completion"), out.toString());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
        Set<String> commands = Catalogctl.commandLine(new PrintWriter(err), new PrintWriter(err))
                .getSubcommands()
                .keySet();
        assertThat(commands)
                .contains("plan", "apply", "completion")
                .allSatisfy(command -> assertThat(out.toString()).contains("function _picocli_catalogctl_" + command));
    }

    private Path invalid() throws IOException {
        return Files.writeString(
                folder.resolve("invalid.yaml"), Files.readString(CONTRACT).replace("\nstatus:", "\nstatuss:"));
    }

    private String printed(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(run(arguments)).isZero();
        return out.toString();
    }

    private int run(String... arguments) {
        return Catalogctl.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
