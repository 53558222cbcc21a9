package io.catalogconnect.toolkit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectAccessTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void workerWithATrustedCertificateIsReached() throws Exception {
        Path pem = certificate();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String url = "https://localhost:" + server.getAddress().getPort();
            ConnectAccess access = ConnectAccess.of(url, Duration.ofMillis(300));
            ConnectAccess trusted =
                    ConnectAccess.of(url, Duration.ofSeconds(30)).withTrustedCertificates(pem);
            assertThat(new ConnectRest(trusted).plugins()).isEmpty();
            assertThatThrownBy(() -> new ConnectRest(access).plugins())
                    .isInstanceOf(ConnectRestException.class)
                    .hasMessageStartingWith("Kafka Connect does not answer at " + url + ": the TLS connection fails: ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void fileWithoutCertificatesIsRefused() throws IOException {
        ConnectAccess access = ConnectAccess.of("https://localhost", Duration.ofSeconds(1));
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> access.withTrustedCertificates(empty))
                .isInstanceOf(IOException.class)
                .hasMessage(empty + " contains no certificate.");
        Path text = Files.writeString(
                folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----");
        assertThatThrownBy(() -> access.withTrustedCertificates(text))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(text + " is not a PEM file with certificates: ");
    }

    private Path certificate() throws Exception {
        keytool("-genkeypair", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-keyalg", "EC");
        keytool("-exportcert", "-rfc", "-file", folder.resolve("server.pem").toString());
        return folder.resolve("server.pem");
    }

    private void keytool(String command, String... options) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), command));
        arguments.addAll(List.of("-alias", "a", "-storepass", PASSWORD, "-keystore", store().toString()));
        arguments.addAll(List.of(options));
        Process process =
                new ProcessBuilder(arguments).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private SSLContext serverContext() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }
}
