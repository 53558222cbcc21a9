package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the code of the plugins, so that files are read exactly as on a worker. A class loader separates their libraries from
 * those of this program.
 */
final class PluginCode {
    /** System property with the folders that contain the jars of the source and of the dry run. */
    static final String SOURCE = "catalogctl.plugins.source";
    /** System property with the folders that contain the jars of the sink and of the dry run. */
    static final String SINK = "catalogctl.plugins.sink";

    private static final String CONNECTOR_CHECK = "io.catalogconnect.dryrun.check.ConnectorCheck";
    private static final String BUCKET_LISTING = "io.catalogconnect.dryrun.bucket.BucketListing";
    private static final String DRY_RUN = "io.catalogconnect.dryrun.DryRunProcess";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PluginCode() {}

    /** Asks the dry run. */
    static JsonNode ask(ObjectNode request) throws ContractException {
        return ask(SOURCE, DRY_RUN, request);
    }

    /**
     * Checks the configuration of a connector.
     *
     * @param folders system property with the folders of its plugin
     */
    static JsonNode check(ObjectNode config, String folders) throws ContractException {
        return ask(folders, CONNECTOR_CHECK, config);
    }

    /** Lists the bucket of a source. */
    static JsonNode list(ObjectNode config) throws ContractException {
        return ask(SOURCE, BUCKET_LISTING, config);
    }

    private static JsonNode ask(String folders, String type, ObjectNode request) throws ContractException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader plugins = new URLClassLoader(jars(folders), parent(folders))) {
            thread.setContextClassLoader(plugins);
            Object answer = Class.forName(type, true, plugins)
                    .getMethod("answer", String.class)
                    .invoke(null, request.toString());
            JsonNode json = JSON.readTree(String.valueOf(answer));
            if (json.has("error")) {
                throw new ContractException(json.get("error").asText());
            }
            return json;
        } catch (ReflectiveOperationException | IOException e) {
            throw new ContractException(
                    "The code of the plugins cannot be run. Start catalogctl with its launcher. (" + e + ")");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Without folders, the plugins are on the class path of this program, as in tests. */
    private static ClassLoader parent(String folders) {
        return System.getProperty(folders) == null
                ? PluginCode.class.getClassLoader()
                : ClassLoader.getPlatformClassLoader();
    }

    private static URL[] jars(String folders) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String folder : System.getProperty(folders, "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                try (Stream<Path> files = Files.list(Path.of(folder))) {
                    for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .toList()) {
                        jars.add(jar.toUri().toURL());
                    }
                }
            }
        }
        return jars.toArray(URL[]::new);
    }
}
