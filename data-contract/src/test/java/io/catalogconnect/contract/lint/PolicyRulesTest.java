package io.catalogconnect.contract.lint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.PolicyFile;
import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PolicyRulesTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(apiVersion: v1\nteams:.*?)```");
    private static final String POLICY = exampleOfTheDocs();

    @Test
    void contractWithinThePolicyHasNoFindings() throws IOException {
        assertThat(lint(POLICY)).isEmpty();
        assertThat(lint("apiVersion: v1\nteams: [{team: catalog}]")).isEmpty();
    }

    @Test
    void whatThePolicyDoesNotPermitIsReportedAtItsPlace() throws IOException {
        assertThat(lint(POLICY.replace("products.*", "products.t*")
                        .replace("/catalog/\"", "/other/\"")
                        .replace(", \"kafka.example.com:9093\"", "")
                        .replace("[\"${env:CATALOG_BIGQUERY_PROJECT}.${env:CATALOG_BIGQUERY_DATASET}\"]", "[]")
                        .replace(", schema.evolution", "")
                        .replace("partitions: 12", "partitions: 2")
                        .replace("3650d", "400d")))
                .contains(
                        "32:28 The topics have 3 partitions. The policy permits at most 2.",
                        "32:70 The policy does not permit the topic 'products.events'. It permits products.t*.",
                        "79:21 The policy does not permit the setting 'schema.evolution'. It permits replace.*.",
                        "123:11 The policy does not permit the host 'kafka.example.com:9093'. It permits 127.0.0.1:9092.",
                        "253:49 The retention is 3650d. The policy permits at most 400d.")
                .anyMatch(line -> line.contains("the dataset '${env:CATALOG_BIGQUERY_PROJECT}."
                        + "${env:CATALOG_BIGQUERY_DATASET}'. It permits none."))
                .anyMatch(line -> line.contains("the bucket '${env:CATALOG_S3_BUCKET}/catalog/'."))
                .hasSize(12);
    }

    @Test
    void teamWithoutAnEntryIsRefused() throws IOException {
        assertThat(lint("apiVersion: v1\nteams: [{team: other}]"))
                .containsExactly("278:9 The policy has no entry for the team 'catalog'.");
    }

    @Test
    void mistakesInThePolicyAreReported() {
        PolicyFile file = PolicyFile.read(
                "apiVersion: v1\nteams: [{team: a, topic: [x], retention: long, partitions: 0}]".getBytes(UTF_8));
        assertThat(file.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "Unknown key 'topic' in a team of the policy. Did you mean 'topics'?",
                        "retention is 'long'. Write a number and one of ms, s, m, h, d, such as 7d.",
                        "partitions must be a whole number from 1 to 1000, but it is a number '0'.");
        assertThat(PolicyFile.read(new byte[0]).findings()).hasSize(1);
        assertThat(PolicyFile.read(
                                "apiVersion: v1\nteams: [{team: a}, {team: b}, {team: a, topics: [x]}]".getBytes(UTF_8))
                        .findings())
                .extracting(Finding::message)
                .containsExactly("The policy has two entries for the team 'a'. Merge them.");
    }

    private static String exampleOfTheDocs() {
        try {
            Matcher example = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "catalogctl.md")));
            assertThat(example.find()).isTrue();
            return example.group(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lint(String policy) throws IOException {
        PolicyFile file = PolicyFile.read(policy.getBytes(UTF_8));
        assertThat(file.findings()).isEmpty();
        byte[] contract = ShippedContracts.text("product-catalog").getBytes(UTF_8);
        return ContractFile.check("a.yaml", contract, file.policy()).findings().stream()
                .map(finding -> finding.place().line() + ":" + finding.place().column() + " " + finding.message())
                .toList();
    }
}
