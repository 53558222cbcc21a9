package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.kafka.Broker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.FreePorts;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * ACLs of a contract on a broker with an authorizer. Kafka Connect and BigQuery are those of a running stack, whose own broker has no
 * authorizer.
 */
final class AclRun {
    private static final Path CONTRACT = Path.of("..", "config", "contracts", "orders.odcs.yaml");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final AclBinding FOREIGN = acl("User:reporting", ResourceType.TOPIC, "acl.large", AclOperation.READ);
    private static final AclBinding READ = acl("User:feed", ResourceType.TOPIC, "acl.large", AclOperation.READ);

    private final Path directory;
    private final Path stack;

    /** @param stack file with the addresses of the stack */
    AclRun(Path directory, Path stack) {
        this.directory = directory;
        this.stack = stack;
    }

    void run() throws Exception {
        StackLayout layout = new StackLayout(Path.of(".."), directory.resolve("authorized"));
        FreePorts free = new FreePorts(new Random());
        int port = free.take(0);
        List<String> authorizer = List.of(
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users=User:ANONYMOUS");
        try (JavaProcess broker = Broker.start(layout, port, free.take(0), authorizer)) {
            broker.awaitReady(START_TIMEOUT);
            String bootstrap = "127.0.0.1:" + port;
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
                admin.createAcls(List.of(FOREIGN)).all().get();
                aclsAreCreatedAndRepaired(admin, bootstrap);
            }
        }
    }

    private void aclsAreCreatedAndRepaired(Admin admin, String bootstrap) throws Exception {
        CatalogctlScript catalogctl = CatalogctlScript.inContext("authorized", contexts(bootstrap), directory);
        Path contract = contract();
        catalogctl.run(0, "apply", contract, "--yes");
        assertThat(acls(admin))
                .containsExactlyInAnyOrder(
                        FOREIGN,
                        READ,
                        acl("User:feed", ResourceType.TOPIC, "acl.large", AclOperation.DESCRIBE),
                        acl("User:feed", ResourceType.GROUP, "feed", AclOperation.READ));
        catalogctl.run(0, "plan", contract);
        catalogctl.run(0, "doctor", contract);

        admin.deleteAcls(List.of(READ.toFilter())).all().get();
        catalogctl.run(1, "doctor", contract);
        catalogctl.run(2, "plan", contract);
        assertThat(catalogctl.printed())
                .contains("FAIL  The ACL Read on topic acl.large for User:feed is missing.")
                .contains("  ? acl       Read on topic acl.large for User:feed   was removed outside of the contract");
        catalogctl.run(0, "apply", contract, "--yes");
        assertThat(acls(admin)).hasSize(4).contains(READ);

        Path without = Files.writeString(
                directory.resolve("acl-next.odcs.yaml"),
                Files.readString(contract)
                        .replace("version: 1.0.0", "version: 1.1.0")
                        .replace("principals: [\"User:feed\"], group: feed", "members: []"));
        catalogctl.run(0, "apply", without, "--yes");
        assertThat(acls(admin)).hasSize(4);
        catalogctl.run(0, "retire", without, "--confirm=Read on topic acl.large for User:feed");
        assertThat(acls(admin)).hasSize(3).contains(FOREIGN).doesNotContain(READ);

        Path again = Files.writeString(
                directory.resolve("acl-again.odcs.yaml"),
                Files.readString(contract).replace("version: 1.0.0", "version: 1.2.0"));
        new CatalogctlScript(stack, directory).run(2, "plan", again);
        assertThat(catalogctl.printed())
                .contains(
                        "  note: Kafka has no authorizer: it permits everything, and the 3 ACLs of the contract are not"
                                + " created.");
    }

    /** The orders under other names, without files, with a consumer of a topic. */
    private Path contract() throws IOException {
        String text = Files.readString(CONTRACT)
                .replace("id: 0f9d6f0a-5d0e-4b7b-8f37-55f2f5e6a3d2", "id: acl")
                .replace("name: orders\nversion", "name: acl\nversion")
                .replace("dataset: orders", "dataset: acl")
                .replace("/orders/\n", "/acl/\n")
                .replace("orders.", "acl.")
                .replace("acl.all", "acl.rows")
                .replace("members: [\"group:fraud@example.com\"]", "principals: [\"User:feed\"], group: feed");
        assertThat(text).contains("topic: acl.large", "id: acl", "name: acl", "dataset: acl", "User:feed", "/acl/");
        return Files.writeString(directory.resolve("acl.odcs.yaml"), text);
    }

    private Path contexts(String bootstrap) throws IOException {
        Properties addresses = new Properties();
        try (var in = Files.newBufferedReader(stack)) {
            addresses.load(in);
        }
        return Files.writeString(
                directory.resolve("contexts.yaml"),
                "contexts:\n  authorized:\n    environment: local\n    connect: {url: \""
                        + addresses.getProperty("connect") + "\"}\n    kafka: {bootstrap: \"" + bootstrap
                        + "\"}\n    bigquery: {endpoint: \"" + addresses.getProperty("bigquery.rest")
                        + "\", credentials: none}\n    variables: {CATALOG_BIGQUERY_PROJECT: local}\n");
    }

    private static Set<AclBinding> acls(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeAcls(AclBindingFilter.ANY).values().get().stream().collect(Collectors.toSet());
    }

    private static AclBinding acl(String principal, ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
