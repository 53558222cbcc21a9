package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.localstack.process.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/** Chromium without a window, driven by chromedriver (W3C WebDriver). */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String url;
    private String session = "";

    private Browser(Process driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    /** Whether chromedriver is on the PATH. */
    static boolean isInstalled() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromedriver")));
    }

    static Browser start() throws IOException, InterruptedException {
        int port = new FreePorts(new Random()).take(0);
        Process driver = new ProcessBuilder("chromedriver", "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Browser browser = new Browser(driver, "http://127.0.0.1:" + port);
        try {
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> browser.get("/status").path("ready").asBoolean());
            // Containers run tests as root and have a small /dev/shm.
            List<String> arguments =
                    List.of("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
            browser.session = browser.send(
                            "/session",
                            Map.of(
                                    "capabilities",
                                    Map.of("alwaysMatch", Map.of("goog:chromeOptions", Map.of("args", arguments)))))
                    .path("sessionId")
                    .asText();
            return browser;
        } catch (IOException | InterruptedException | RuntimeException e) {
            browser.close();
            throw e;
        }
    }

    void open(String page) throws IOException, InterruptedException {
        send("/session/" + session + "/url", Map.of("url", page));
    }

    /** Sets the size of the page and its color scheme. */
    void emulate(int width, int height, String scheme) throws IOException, InterruptedException {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The value that a function body returns. */
    JsonNode run(String script, Object... arguments) throws IOException, InterruptedException {
        return send("/session/" + session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** Stores a picture of the whole page. */
    void screenshot(Path file) throws IOException, InterruptedException {
        JsonNode picture = devTools("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
    }

    private JsonNode devTools(String command, Map<String, Object> parameters) throws IOException, InterruptedException {
        return send("/session/" + session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return value(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    private JsonNode send(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return value(HttpRequest.newBuilder(URI.create(url + path))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    private JsonNode value(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = JSON.readTree(response.body()).path("value");
        if (response.statusCode() >= 300) {
            throw new IOException(value.path("message").asText());
        }
        return value;
    }

    @Override
    public void close() {
        try {
            if (!session.isEmpty()) {
                value(HttpRequest.newBuilder(URI.create(url + "/session/" + session))
                        .DELETE()
                        .build());
            }
        } catch (IOException e) {
            // The browser ends with its driver.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.destroy();
        }
    }
}
