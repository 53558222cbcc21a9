package io.catalogconnect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.layout.StackLayout;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;

/**
 * Every class and member of Kafka that the plugins link to exists in the oldest supported release, except for those that one
 * class uses in a guarded call.
 */
final class KafkaApiIT {
    private static final StackLayout LAYOUT = new StackLayout(Path.of(".."), Path.of("target", "unused"));
    private static final Pattern KAFKA_TYPE = Pattern.compile("org/apache/kafka/[\\w/$]+");

    // Tags of the constant pool, by the Java Virtual Machine Specification, table 4.4-A.
    private static final int CLASS = 7;
    private static final int FIELD_REFERENCE = 9;
    private static final int INTERFACE_METHOD_REFERENCE = 11;
    private static final int METHOD_TYPE = 16;

    /** What only newer releases have, by the simple name of the only class that may link to it; that class catches the error. */
    private static final Map<String, Set<String>> GUARDED = Map.of(
            "SinkMetrics", pluginMetricsOf("org/apache/kafka/connect/sink/SinkTaskContext"),
            "TaskMetrics", pluginMetricsOf("org/apache/kafka/connect/source/SourceTaskContext"));

    private static Set<String> pluginMetricsOf(String context) {
        String metrics = "org/apache/kafka/common/metrics/PluginMetrics";
        return Set.of(
                context + ".pluginMetrics()L" + metrics + ";",
                metrics,
                metrics + ".addMetric(Lorg/apache/kafka/common/MetricName;"
                        + "Lorg/apache/kafka/common/metrics/MetricValueProvider;)V",
                metrics + ".metricName(Ljava/lang/String;Ljava/lang/String;Ljava/util/LinkedHashMap;)"
                        + "Lorg/apache/kafka/common/MetricName;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3-csv-source", "smt-filters", "bigquery-partition-sink"})
    void pluginLinksToNothingThatTheOldestSupportedWorkerLacks(String module) throws IOException {
        Map<String, Set<String>> missing = missing(module);
        missing.entrySet()
                .removeIf(entry -> GUARDED.getOrDefault(simpleName(entry.getKey()), Set.of())
                        .containsAll(entry.getValue()));
        assertThat(missing).isEmpty();
    }

    @Test
    void everyGuardedClassStillLinksToWhatItGuards() throws IOException {
        Map<String, Set<String>> missing = missing("s3-csv-source");
        missing.putAll(missing("bigquery-partition-sink"));
        Map<String, Set<String>> bySimpleName = new TreeMap<>();
        missing.forEach((name, links) -> bySimpleName.put(simpleName(name), links));
        assertThat(bySimpleName).containsAllEntriesOf(GUARDED);
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('/') + 1);
    }

    /** What each class of a plugin links to that the oldest release lacks. */
    private static Map<String, Set<String>> missing(String module) throws IOException {
        Path plugin = LAYOUT.home()
                .resolve(module)
                .resolve("target")
                .resolve("plugin")
                .resolve(module);
        Map<String, Set<String>> missing = new TreeMap<>();
        int links = 0;
        try (URLClassLoader oldest =
                new URLClassLoader(jars(KafkaRelease.KAFKA_3_7.lib(LAYOUT)), ClassLoader.getPlatformClassLoader())) {
            for (Path file : list(plugin)) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    List<JarEntry> classes = jar.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .toList();
                    Set<String> bundled = new HashSet<>();
                    classes.forEach(entry -> bundled.add(entry.getName().replace(".class", "")));
                    for (JarEntry entry : classes) {
                        ClassReader reader =
                                new ClassReader(jar.getInputStream(entry).readAllBytes());
                        for (String link : links(reader)) {
                            links++;
                            if (!isBundled(link, bundled) && !exists(link, oldest)) {
                                missing.computeIfAbsent(reader.getClassName(), name -> new TreeSet<>())
                                        .add(link);
                            }
                        }
                    }
                }
            }
        }
        assertThat(links).as("links to Kafka of " + module).isGreaterThan(20);
        return missing;
    }

    private static boolean isBundled(String link, Set<String> bundled) {
        return bundled.contains(link.replaceFirst("[.].*", ""));
    }

    /**
     * The links of a class to Kafka, from its constant pool: classes as {@code a/B}, members as {@code a/B.name(descriptor)} or
     * {@code a/B.name:descriptor}. A method type constant, as a lambda has one, loads every class of its descriptor.
     */
    private static Set<String> links(ClassReader reader) {
        Set<String> links = new TreeSet<>();
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int item = 1; item < reader.getItemCount(); item++) {
            int at = reader.getItem(item);
            if (at == 0) {
                continue; // the second half of a long or a double
            }
            int tag = reader.readByte(at - 1);
            if (tag == CLASS || tag == METHOD_TYPE) {
                addTypes(links, reader.readUTF8(at, buffer));
            } else if (tag >= FIELD_REFERENCE && tag <= INTERFACE_METHOD_REFERENCE) {
                String owner = reader.readClass(at, buffer);
                int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
                String name = reader.readUTF8(nameAndType, buffer);
                String descriptor = reader.readUTF8(nameAndType + 2, buffer);
                if (owner.startsWith("org/apache/kafka/")) {
                    links.add(owner + "." + name + (descriptor.startsWith("(") ? "" : ":") + descriptor);
                }
            }
        }
        return links;
    }

    private static void addTypes(Set<String> links, String typeOrDescriptor) {
        KAFKA_TYPE.matcher(typeOrDescriptor).results().forEach(match -> links.add(match.group()));
    }

    private static boolean exists(String link, ClassLoader loader) {
        int dot = link.indexOf('.');
        Class<?> owner;
        try {
            owner = Class.forName((dot < 0 ? link : link.substring(0, dot)).replace('/', '.'), false, loader);
        } catch (ClassNotFoundException e) {
            return false;
        }
        return dot < 0 || hierarchy(owner).stream().anyMatch(type -> declares(type, link.substring(dot + 1)));
    }

    private static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> all = new HashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(type, Object.class));
        while (!open.isEmpty()) {
            Class<?> next = open.pop();
            if (all.add(next)) {
                open.addAll(List.of(next.getInterfaces()));
                if (next.getSuperclass() != null) {
                    open.add(next.getSuperclass());
                }
            }
        }
        return all;
    }

    private static boolean declares(Class<?> type, String member) {
        return Stream.of(
                        Arrays.stream(type.getDeclaredMethods())
                                .map(method -> method.getName()
                                        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                                .toMethodDescriptorString()),
                        Arrays.stream(type.getDeclaredConstructors())
                                .map(constructor -> "<init>"
                                        + MethodType.methodType(void.class, constructor.getParameterTypes())
                                                .toMethodDescriptorString()),
                        Arrays.stream(type.getDeclaredFields())
                                .map(field ->
                                        field.getName() + ":" + field.getType().descriptorString()))
                .flatMap(declared -> declared)
                .anyMatch(member::equals);
    }

    private static URL[] jars(Path lib) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : list(lib)) {
            urls.add(url(jar));
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
