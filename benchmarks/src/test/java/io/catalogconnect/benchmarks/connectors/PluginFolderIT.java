package io.catalogconnect.benchmarks.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker finds every class that the baselines' connectors use in the folder {@code target/plugin}. */
final class PluginFolderIT {
    private static final Path FOLDER = Path.of("target", "plugin", "benchmark-connectors");

    @TempDir
    Path directory;

    @Test
    void theFolderHasAllThatTheConnectorsNeed() throws Exception {
        try (URLClassLoader plugin = new URLClassLoader(jars(), new ConnectOnly())) {
            Class<?> source = loaded(plugin, SourceConnector.class);
            assertThat(source.getName()).isEqualTo(MemorySource.class.getName());
            assertThat(loaded(plugin, SinkConnector.class).getName()).isEqualTo(CountingSink.class.getName());

            SourceTask task = (SourceTask)
                    ((SourceConnector) source.getDeclaredConstructor().newInstance())
                            .taskClass()
                            .getDeclaredConstructor()
                            .newInstance();
            assertThat(task.getClass().getClassLoader()).isSameAs(plugin);
            task.initialize(new NoTransactions());
            task.start(settings());
            List<SourceRecord> records = task.poll();
            assertThat(records).hasSize(2);
            assertThat(((Struct) records.get(1).value()).getString("brand")).isEqualTo("HP");
            task.stop();
        }
    }

    private Map<String, String> settings() throws IOException {
        Path file = directory.resolve("rows");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            RowFile.Row row = new RowFile.Row(10, List.of("HP", "1", "", "EUR", "laptop", "", "2001"));
            new RowFile(10, 24, List.of(row)).writeTo(out);
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                MemorySource.TOPIC, "products", MemorySource.ROW_FILE, file.toString(), MemorySource.REPEAT, "2"));
        for (String header : List.of("s3.bucket", "s3.key", "s3.etag", "s3.last.modified")) {
            settings.put(MemorySource.HEADER_PREFIX + header, header);
        }
        settings.put(MemorySource.HEADER_PREFIX + "file.date", "2026-01-01");
        return settings;
    }

    private static Class<?> loaded(ClassLoader plugin, Class<?> kind) {
        List<? extends Class<?>> found = ServiceLoader.load(kind, plugin).stream()
                .map(ServiceLoader.Provider::type)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static URL[] jars() throws IOException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                jars.add(file.toUri().toURL());
            }
        }
        assertThat(jars).isNotEmpty();
        return jars.toArray(URL[]::new);
    }

    /** What a worker shares with its plugins: the JDK's classes and those of Kafka. */
    private static final class ConnectOnly extends ClassLoader {
        ConnectOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.kafka.")) {
                return PluginFolderIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    private static final class NoTransactions implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            throw new UnsupportedOperationException("The baseline always begins at its first row");
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException("The baseline has no metrics");
        }

        @Override
        @SuppressWarnings("NullAway") // the interface is older than annotations of null
        public TransactionContext transactionContext() {
            return null;
        }
    }
}
