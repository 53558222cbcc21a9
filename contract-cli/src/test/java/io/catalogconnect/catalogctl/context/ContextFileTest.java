package io.catalogconnect.catalogctl.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContextFileTest {
    @TempDir
    Path folder;

    @Test
    void contextIsReadWithFilesRelativeToItsFolder() throws Exception {
        Files.writeString(folder.resolve("password.txt"), "secret\n");
        Files.writeString(folder.resolve("client.properties"), "security.protocol=SSL\n");
        Context context = find("prod", """
                contexts:
                  prod:
                    environment: production
                    connect: {url: "https://connect.example.com/", user: ada, passwordFile: password.txt}
                    kafka: {bootstrap: "kafka.example.com:9093", properties: client.properties}
                    bigquery: {}
                    variables: {PROJECT: data}
                """);
        assertThat(context.environment()).isEqualTo("production");
        assertThat(context.connect().url()).isEqualTo("https://connect.example.com");
        assertThat(context.connect().authorization()).hasValue("Basic YWRhOnNlY3JldA==");
        assertThat(context.kafka())
                .isEqualTo(Map.of("bootstrap.servers", "kafka.example.com:9093", "security.protocol", "SSL"));
        assertThat(context.bigQueryEndpoint()).isEmpty();
        assertThat(context.usesCredentials()).isTrue();
        assertThat(context.resolve("x-${env:PROJECT}-y")).isEqualTo("x-data-y");
        assertThatThrownBy(() -> context.resolve("${env:OTHER}"))
                .isInstanceOf(ContextException.class)
                .hasMessage("The context 'prod' has no variable OTHER. Add it to variables.");
    }

    @Test
    void localStackIsBuiltIn() throws Exception {
        Context defaults = ContextFile.find("local", folder.resolve("absent.yaml"), folder.resolve("absent"));
        assertThat(defaults.connect().url()).isEqualTo("http://127.0.0.1:8083");
        assertThat(defaults.kafka()).isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092"));
        assertThat(defaults.bigQueryEndpoint()).isEqualTo("http://127.0.0.1:9050");
        assertThat(defaults.usesCredentials()).isFalse();
        Path announcement = Files.writeString(
                folder.resolve("stack.properties"),
                "connect=http://127.0.0.1:1\nkafka=127.0.0.1:2\nbigquery.rest=http://127.0.0.1:3\n");
        Context running = ContextFile.find("local", folder.resolve("absent.yaml"), announcement);
        assertThat(running.connect().url()).isEqualTo("http://127.0.0.1:1");
        assertThat(running.bigQueryEndpoint()).isEqualTo("http://127.0.0.1:3");
    }

    @Test
    void unknownContextListsTheContexts() {
        assertThatThrownBy(() -> find("test", """
                contexts:
                  prod:
                    connect: {url: "http://c"}
                    kafka: {bootstrap: "k:1"}
                """))
                .isInstanceOf(ContextException.class)
                .hasMessage("There is no context 'test' in " + file() + ". Add it to contexts. It has: prod."
                        + " The context 'local' is built in.");
    }

    @Test
    void mistakesAreReportedWithTheirPlace() {
        assertThatThrownBy(() -> find("prod", """
                contexts:
                  prod:
                    connect: {urll: "http://c"}
                    kafka: {bootstrap: "k:1"}
                """))
                .isInstanceOf(ContextException.class)
                .hasMessage(file() + ":3:15: Unknown key 'urll' in the access to Kafka Connect. Did you mean 'url'?");
        assertThatThrownBy(() -> find("prod", """
                contexts:
                  prod:
                    connect: {url: "http://c", user: ada, passwordFile: absent.txt}
                    kafka: {bootstrap: "k:1"}
                """))
                .isInstanceOf(ContextException.class)
                .hasMessageStartingWith(file() + " cannot be read: ");
    }

    private Path file() {
        return folder.resolve("catalogctl.yaml");
    }

    private Context find(String name, String text) throws IOException, ContextException {
        return ContextFile.find(name, Files.writeString(file(), text), folder.resolve("absent"));
    }
}
