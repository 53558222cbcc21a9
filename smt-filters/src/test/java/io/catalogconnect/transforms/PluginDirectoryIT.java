package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.api.Test;

/** What the build puts on a worker's plugin path: one jar with every library under relocated names. */
final class PluginDirectoryIT {
    private static final Path DIRECTORY = Path.of("target", "plugin", "smt-filters");

    /** Sees Connect's API as a worker's plugin does, and nothing else of this test's class path. */
    private static final class WorkerLoader extends ClassLoader {
        private final List<String> unknown;

        WorkerLoader(String... unknown) {
            super(ClassLoader.getPlatformClassLoader());
            this.unknown = List.of(unknown);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (unknown.contains(name)) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("org.apache.kafka.") || name.startsWith("org.slf4j.")) {
                return PluginDirectoryIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void pluginDirectoryHoldsOneJarWithRelocatedLibraries() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            List<String> foreign = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .filter(name -> !name.startsWith("io/catalogconnect/transforms/") && !name.startsWith("META-INF/"))
                    // The way to a worker's metrics, which workers before Kafka 4.1 do not have.
                    .filter(name -> !name.equals("org/apache/kafka/common/metrics/Monitorable.class"))
                    .filter(name -> !name.equals("org/apache/kafka/common/metrics/PluginMetrics.class"))
                    .toList();
            assertThat(foreign).isEmpty();
            assertThat(jar.getEntry("io/catalogconnect/transforms/shaded/dev/cel/runtime/CelRuntime.class"))
                    .isNotNull();
        }
    }

    @Test
    void jarAloneRunsTheRulesOfTheMainJob() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar().toUri().toURL()}, new WorkerLoader())) {
            Transformation<SourceRecord> filter = load(loader, "io.catalogconnect.transforms.ConditionFilter");
            assertThat(((Versioned) filter).version()).matches("\\d+\\.\\d+\\.\\d+.*");
            filter.configure(Map.of("conditions.by.topic", Products.BY_TOPIC));
            assertThat(Products.sample().stream()
                            .filter(row -> filter.apply(Products.record("products.team-b", row)) != null)
                            .count())
                    .isEqualTo(2);
            // Not compiled to closures, so it runs on CEL's own runtime.
            filter.configure(Map.of("condition", "string(value.year_release).endsWith('01')"));
            assertThat(filter.apply(Products.record("t", Products.product("HP", 2001, null))))
                    .isNotNull();
            assertThat(filter.apply(Products.record("t", Products.product("HP", 2002, null))))
                    .isNull();
        }
    }

    @Test
    void jarRunsOnAWorkerWithoutPluginMetrics() throws IOException {
        ClassLoader oldWorker = new WorkerLoader(
                "org.apache.kafka.common.metrics.Monitorable", "org.apache.kafka.common.metrics.PluginMetrics");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar().toUri().toURL()}, oldWorker)) {
            Transformation<SourceRecord> filter = load(loader, "io.catalogconnect.transforms.ConditionFilter");
            filter.configure(Map.of("condition", Products.TEAM_A));
            assertThat(filter.apply(Products.record("t", Products.product("HP", 2001, null))))
                    .isNull();
        }
    }

    @Test
    void everyTransformationAndPredicateIsAService() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar().toUri().toURL()}, new WorkerLoader())) {
            assertThat(services(Transformation.class, loader))
                    .containsExactlyInAnyOrder(
                            "io.catalogconnect.transforms.ConditionFilter",
                            "io.catalogconnect.transforms.ConditionRouter",
                            "io.catalogconnect.transforms.ConditionTag",
                            "io.catalogconnect.transforms.Pseudonymize$Key",
                            "io.catalogconnect.transforms.Pseudonymize$Value");
            assertThat(services(Predicate.class, loader))
                    .containsExactly("io.catalogconnect.transforms.predicates.MatchesCondition");
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Transformation<SourceRecord> load(ClassLoader loader, String name) {
        return ServiceLoader.load(Transformation.class, loader).stream()
                .filter(provider -> provider.type().getName().equals(name))
                .map(provider -> (Transformation<SourceRecord>) provider.get())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> services(Class<?> service, ClassLoader loader) {
        return ServiceLoader.load(service, loader).stream()
                .map(provider -> provider.type().getName())
                .toList();
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Path> jars = files.toList();
            assertThat(jars).hasSize(1);
            return jars.get(0);
        }
    }
}
