package io.catalogconnect.localbigquery.junit;

import io.catalogconnect.localbigquery.LocalBigQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the server of {@link WithLocalBigQuery}, once per test class. */
final class LocalBigQueryExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LocalBigQueryExtension.class);

    /** A server and the directory of its file. JUnit closes it with the context of the class. */
    @SuppressWarnings("deprecation") // AutoCloseable replaces it only in JUnit 6.
    private record Running(LocalBigQuery bigquery, Path folder) implements ExtensionContext.Store.CloseableResource {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("local-bigquery");
                LocalBigQuery bigquery = LocalBigQuery.builder()
                        .databaseFile(folder.resolve("bigquery.duckdb"))
                        .start();
                return new Running(bigquery, folder);
            } catch (IOException e) {
                throw new ParameterResolutionException("local-bigquery did not start: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            bigquery.close();
            List<Path> files;
            try (Stream<Path> walk = Files.walk(folder)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalBigQuery.class;
    }

    @Override
    public LocalBigQuery resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        return ofClass.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .bigquery();
    }
}
