package io.catalogconnect.contract.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/** The rendered files of the orders for prod, and of the product catalogue for cluster. */
final class RenderingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/rendered");

    @ParameterizedTest
    @EnumSource(value = Rendering.class, mode = EnumSource.Mode.EXCLUDE, names = "CONNECTORS")
    void renderedFilesAreTheCommittedOnes(Rendering rendering) throws IOException {
        int files = 0;
        for (String name : List.of("orders", "product-catalog")) {
            Contract contract = ShippedContracts.contract(name);
            for (RenderedFile file : rendering.of(contract, environment(contract))) {
                ShippedContracts.assertCommitted(GOLDEN.resolve(name).resolve(file.name()), file.text());
                files++;
            }
        }
        assertThat(files).isPositive();
    }

    @Test
    void jsonFilesAreParsedByJackson() throws IOException {
        JsonNode policy = new ObjectMapper()
                .readTree(render("orders", Rendering.AWS_POLICY).get(0).text());
        assertThat(policy.at("/Statement/0/Condition/StringLike/s3:prefix").asText())
                .isEqualTo("orders/*");
        assertThat(policy.at("/Statement/1/Resource").asText()).isEqualTo("arn:aws:s3:::shop-orders-landing/orders/*");
        JsonNode lifecycle = new ObjectMapper()
                .readTree(render("orders", Rendering.S3_LIFECYCLE).get(0).text());
        assertThat(lifecycle.at("/Rules/0/Expiration/Days").asInt()).isEqualTo(730);
    }

    @Test
    void avroSchemasAreParsedByAvro() throws IOException {
        List<RenderedFile> schemas = render("orders", Rendering.AVRO);
        assertThat(schemas)
                .extracting(RenderedFile::name)
                .containsExactly("orders.all-value.avsc", "orders.large-value.avsc");
        Schema schema = new Schema.Parser().parse(schemas.get(0).text());
        assertThat(schema.getFullName()).isEqualTo("io.catalogconnect.Order");
        assertThat(schema.getField("total").schema().getLogicalType()).isEqualTo(LogicalTypes.decimal(12, 2));
        assertThat(schema.getField("ordered_at").schema().getLogicalType()).isEqualTo(LogicalTypes.timestampMillis());
        assertThat(schema.getField("file_date").schema().getLogicalType()).isEqualTo(LogicalTypes.date());
        Schema product = new Schema.Parser()
                .parse(render("product-catalog", Rendering.AVRO).get(0).text());
        assertThat(product.getField("comment").schema().isNullable()).isTrue();
        assertThat(product.getField("comment").hasDefaultValue()).isTrue();
        assertThat(product.getFields()).hasSize(8);
    }

    @Test
    void strimziResourcesAreParsedBySnakeYaml() throws IOException {
        Contract contract = ShippedContracts.contract("product-catalog");
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml()
                .loadAll(render("product-catalog", Rendering.STRIMZI).get(0).text())
                .forEach(document -> documents.add(map(document)));
        assertThat(documents)
                .extracting(document -> document.get("kind") + " "
                        + map(document.get("metadata")).get("name"))
                .containsExactly(
                        "KafkaConnector catalog-source",
                        "KafkaConnector catalog-sink",
                        "KafkaTopic products.raw",
                        "KafkaTopic products.team-a",
                        "KafkaTopic products.team-b",
                        "KafkaTopic products.events",
                        "KafkaUser connect-catalog",
                        "KafkaUser team-a-feed");
        Map<String, Object> config = map(map(documents.get(0).get("spec")).get("config"));
        SourceConnector.of(contract, environment(contract)).config().forEach((key, value) -> {
            if (!key.equals("connector.class") && !key.equals("tasks.max")) {
                assertThat(config).containsEntry(key, value);
            }
        });
    }

    @Test
    void commandsOfKafkaAclsAreParsedByTheShell() throws IOException, InterruptedException {
        String script = "kafka-acls.sh() { printf '<%s>' \"$@\"; echo; }\n"
                + render("product-catalog", Rendering.KAFKA_ACLS).get(0).text();
        Process shell = new ProcessBuilder("sh", "-s", "--", "--bootstrap-server", "a b")
                .redirectErrorStream(true)
                .start();
        try (var in = shell.getOutputStream()) {
            in.write(script.replace("kafka-acls.sh", "kafka_acls").getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .contains("<--bootstrap-server><a b><--add><--allow-principal><User:team-a-feed><--operation><Read>"
                        + "<--operation><Describe><--topic><products.team-a>")
                .contains(
                        "<--bootstrap-server><a b><--add><--allow-principal><User:connect-catalog><--operation><Write>"
                                + "<--operation><Describe><--transactional-id><catalog-connect-catalog-source->"
                                + "<--resource-pattern-type><prefixed>");
    }

    /** A failed task has no metrics, so the alert could not fire. */
    @ParameterizedTest
    @CsvSource({"topic, true", "skip, true", "fail, false"})
    void alertAboutMalformedRowsIsRenderedIfTheyDoNotFailTheTask(String rejects, boolean rendered) throws IOException {
        Contract contract = ShippedContracts.parse(
                ShippedContracts.text("product-catalog").replace("rejects: fail", "rejects: " + rejects));

        String alerts =
                Rendering.ALERTS.of(contract, environment(contract)).get(0).text();

        assertThat(contract.product().rejects()).isEqualTo(rejects);
        assertThat(alerts.contains("TooManyMalformedRows")).isEqualTo(rendered);
    }

    @Test
    void placeholdersOfABucketOrDatasetAreNotRenderedAsNames() throws IOException {
        assertThat(render("product-catalog", Rendering.AWS_POLICY)).isEmpty();
        assertThat(render("product-catalog", Rendering.S3_LIFECYCLE)).isEmpty();
        assertThat(render("product-catalog", Rendering.GRANTS)).isEmpty();
    }

    private static List<RenderedFile> render(String name, Rendering rendering) throws IOException {
        Contract contract = ShippedContracts.contract(name);
        return rendering.of(contract, environment(contract));
    }

    private static Environment environment(Contract contract) {
        return contract.environment(contract.identity().name().equals("orders") ? "prod" : "cluster")
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
