package io.catalogconnect.catalogctl.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.toolkit.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A stack that is killed leaves its file. The process that has its ID now is another one. */
    @Test
    void fileOfAKilledStackIsNotUsed() throws Exception {
        ProcessIdentity own = ProcessIdentity.current();
        Path announcement = folder.resolve("stack.properties");
        Files.writeString(announcement, "connect=http://127.0.0.1:1\nprocess=" + own + "\n");
        assertThat(ContextFile.find("local", file(), announcement).connect().url())
                .isEqualTo("http://127.0.0.1:1");
        ProcessIdentity killed = new ProcessIdentity(own.id(), 1);
        Files.writeString(announcement, "connect=http://127.0.0.1:1\nprocess=" + killed + "\n");
        assertThat(ContextFile.find("local", file(), announcement).connect().url())
                .isEqualTo("http://127.0.0.1:8083");
    }

    @Test
    void unknownContextListsTheContexts() {
        String text = """
                contexts:
                  prod:
                    connect: {url: "http://c"}
                    kafka: {bootstrap: "k:1"}
                """;
        assertThatThrownBy(() -> find("test", text))
                .isInstanceOf(ContextException.class)
                .hasMessage("There is no context 'test' in " + file() + ". Add it to contexts. It has: prod."
                        + " The context 'local' is built in.");
        assertThatThrownBy(() -> find("prdo", text))
                .isInstanceOf(ContextException.class)
                .hasMessage("There is no context 'prdo' in " + file() + ". Did you mean 'prod'? It has: prod."
                        + " The context 'local' is built in.");
    }

    @Test
    void absentFileIsNotNamedAsIfItExisted() {
        Path absent = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> ContextFile.find("prod", absent, folder.resolve("stack.properties")))
                .isInstanceOf(ContextException.class)
                .hasMessage("There is no file " + absent + ", which would contain the context 'prod'. Write it, or name"
                        + " another file with --contexts. The context 'local' is built in.");
    }

    /** The context and the message without the folder. Lines and columns are those of the context, in line 2 of the file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect: {urll: 'http://c'}, kafka: {bootstrap: 'k:1'} | 2:20: Unknown key 'urll' in the access to Kafka Connect. Did you mean 'url'?",
                "conect: {url: 'http://c'}, kafka: {bootstrap: 'k:1'} | 2:10: Unknown key 'conect' in a context. Did you mean 'connect'?",
                "connect: {url: c.example.com}, kafka: {bootstrap: 'k:1'} | 2:25: url is 'c.example.com', which is not an address such as https://example.com:8083.",
                "connect: {url: 'c.example.com:8083'}, kafka: {bootstrap: 'k:1'} | 2:25: url is 'c.example.com:8083', which is not an address such as https://example.com:8083.",
                "connect: {url: 'http:/c'}, kafka: {bootstrap: 'k:1'} | 2:25: url is 'http:/c', which is not an address such as https://example.com:8083.",
                "connect: {url: 'http://a b'}, kafka: {bootstrap: 'k:1'} | 2:25: url is 'http://a b', which is not an address such as https://example.com:8083.",
                "connect: {url: 'ftp://c'}, kafka: {bootstrap: 'k:1'} | 2:25: url is 'ftp://c', which is not an address such as https://example.com:8083.",
                "connect: {url: [a]}, kafka: {bootstrap: 'k:1'} | 2:25: url is wrong. It must be a text, but it is a list.",
                "connect: 'http://c', kafka: {bootstrap: 'k:1'} | 2:19: This is the access to Kafka Connect. It must be a mapping, but it is a text.",
                "kafka: {bootstrap: 'k:1'} | 2:9: The key 'connect' is missing in a context.",
                "connect: {url: 'http://c', user: ada}, kafka: {bootstrap: 'k:1'} | 2:43: user needs passwordFile.",
                "connect: {url: 'http://c', passwordFile: x}, kafka: {bootstrap: 'k:1'} | 2:51: passwordFile needs user.",
                "connect: {url: 'http://c', user: ada, passwordFile: absent.txt}, kafka: {bootstrap: 'k:1'} | 2:62: passwordFile: FOLDER/absent.txt is not a file.",
                "connect: {url: 'http://c', certificates: .}, kafka: {bootstrap: 'k:1'} | 2:51: certificates: FOLDER/. is not a file.",
                "connect: {url: 'http://c', certificates: client.properties}, kafka: {bootstrap: 'k:1'} | 2:51: certificates: FOLDER/client.properties cannot be read: FOLDER/client.properties is not a PEM file with certificates: No certificate data found",
                "connect: {url: 'http://c'}, kafka: {bootstrap: 'k:1', properties: absent} | 2:76: properties: FOLDER/absent is not a file.",
                "connect: {url: 'http://c'}, kafka: {bootstrap: 'k:1', properties: wrong.properties} | 2:76: properties: FOLDER/wrong.properties cannot be read: Malformed \\uxxxx encoding.",
                "connect: {url: 'http://c'}, kafka: {bootstrap: k} | 2:57: bootstrap is 'k', which is not a list of HOST:PORT, separated by commas.",
                "connect: {url: 'http://c'}, kafka: {bootstrap: 'k:1,'} | 2:57: bootstrap is 'k:1,', which is not a list of HOST:PORT, separated by commas.",
                "connect: {url: 'http://c'}, kafka: {bootstrap: 'http://k:1'} | 2:57: bootstrap is 'http://k:1', which is not a list of HOST:PORT, separated by commas.",
                "connect: {url: 'http://c'}, kafka: {} | 2:45: The key 'bootstrap' is missing in the access to Kafka.",
                "connect: {url: 'http://c'}, kafka: {bootstrap: 'k:1'}, bigquery: {credentials: none, endpoint: 'localhost:9050'} | 2:105: endpoint is 'localhost:9050', which is not an address such as https://example.com:8083.",
                "connect: {url: 'http://c'}, kafka: {bootstrap: 'k:1'}, bigquery: {credentials: non} | 2:89: credentials is 'non', which is not valid. Write one of: default, none. Did you mean 'none'?",
                "connect: {url: 'http://c'}, kafka: {bootstrap: 'k:1'}, variables: [a] | 2:76: This is variables. It must be a mapping, but it is a list."
            })
    void wrongContextIsReportedWithItsPlace(String context, String message) throws IOException {
        Files.writeString(folder.resolve("client.properties"), "security.protocol=SSL\n");
        Files.writeString(folder.resolve("wrong.properties"), "a=\\u12\n");
        assertThatThrownBy(() -> find("prod", "contexts:\n  prod: {" + context + "}\n"))
                .isInstanceOf(ContextException.class)
                .hasMessage(file() + ":" + message.replace("FOLDER", folder.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                  | 1:1: The file is empty.",
                "[]                  | 1:1: This is a file with contexts. It must be a mapping, but it is a list.",
                "{}                  | There is no context 'prod' in FILE. Add it to contexts. The context 'local' is built in.",
                "'contexts: [prod]'  | 1:11: This is contexts. It must be a mapping, but it is a list.",
                "'contexts: {prod: 1}' | 1:18: This is a context. It must be a mapping, but it is a number.",
                "'context: {}'       | 1:1: Unknown key 'context' in a file with contexts. Did you mean 'contexts'?",
                "'contexts: {a: &a [*a]}' | 1:15: This is a context. It must be a mapping, but it is a list.",
                "'contexts: !!java.net.URL [x]' | 1:11: This is not valid YAML: Global tag is not allowed",
                "'contexts: {'       | 1:12: This is not valid YAML"
            })
    void wrongFileIsReportedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> find("prod", text))
                .isInstanceOf(ContextException.class)
                .message()
                .startsWith(
                        message.contains("FILE") ? message.replace("FILE", file().toString()) : file() + ":" + message);
    }

    @Test
    void fileThatCannotBeAFileWithContextsIsRefused() throws IOException {
        assertThatThrownBy(() -> ContextFile.find("prod", folder, folder.resolve("absent")))
                .isInstanceOf(ContextException.class)
                .hasMessage(folder + " is not a file.");
        assertThatThrownBy(() -> find("prod", "#".repeat(3 << 20)))
                .isInstanceOf(ContextException.class)
                .hasMessage(file() + ":1:1: The file has more than 1048576 bytes, and is not read.");
        Files.write(file(), new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThatThrownBy(() -> ContextFile.find("prod", file(), folder.resolve("absent")))
                .isInstanceOf(ContextException.class)
                .hasMessage(file() + ":1:1: The file is not UTF-8.");
    }

    @Test
    void allMistakesAreReported() {
        assertThatThrownBy(() -> find("prod", """
                contexts:
                  prod: {connect: {url: c}, kafka: {bootstrap: k}}
                  test: {connect: {urll: "http://c"}, kafka: {bootstrap: "k:1"}}
                """))
                .isInstanceOf(ContextException.class)
                .message()
                .hasLineCount(3);
    }

    /** Files of other contexts, such as passwords, need not be on this machine. */
    @Test
    void filesOfOtherContextsAreNotRead() throws Exception {
        assertThat(find("test", """
                contexts:
                  prod: {connect: {url: "https://c", user: ada, passwordFile: absent}, kafka: {bootstrap: "k:1", properties: absent}}
                  test: {connect: {url: "http://c"}, kafka: {bootstrap: "k:1, [::1]:2"}}
                """).environment()).isEqualTo("test");
    }

    private Path file() {
        return folder.resolve("catalogctl.yaml");
    }

    private Context find(String name, String text) throws IOException, ContextException {
        return ContextFile.find(name, Files.writeString(file(), text), folder.resolve("absent"));
    }
}
