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
import org.junit.jupiter.api.Test;

/** What the build puts on a worker's plugin path: one jar that brings everything under names of its own. */
final class PluginDirectoryIT {
    private static final Path DIRECTORY = Path.of("target", "plugin", "smt-filters");

    /** Sees Connect's API as a worker's plugin does, and nothing else of this test's class path. */
    private static final class WorkerLoader extends ClassLoader {
        WorkerLoader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.kafka.") || name.startsWith("org.slf4j.")) {
                return PluginDirectoryIT.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void thePluginDirectoryHoldsOneJarWithoutForeignNames() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            List<String> foreign = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .filter(name -> !name.startsWith("io/catalogconnect/transforms/") && !name.startsWith("META-INF/"))
                    .toList();
            assertThat(foreign).isEmpty();
            assertThat(jar.getEntry("io/catalogconnect/transforms/shaded/dev/cel/runtime/CelRuntime.class"))
                    .isNotNull();
        }
    }

    @Test
    void theJarAloneRunsTheRulesOfTheMainJob() throws IOException {
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

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Transformation<SourceRecord> load(ClassLoader loader, String name) {
        return ServiceLoader.load(Transformation.class, loader).stream()
                .filter(provider -> provider.type().getName().equals(name))
                .map(provider -> (Transformation<SourceRecord>) provider.get())
                .findFirst()
                .orElseThrow();
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Path> jars = files.toList();
            assertThat(jars).hasSize(1);
            return jars.get(0);
        }
    }
}
