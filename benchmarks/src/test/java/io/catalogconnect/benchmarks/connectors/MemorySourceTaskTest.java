package io.catalogconnect.benchmarks.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemorySourceTaskTest {
    @TempDir
    private Path folder;

    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void writeRows() throws IOException {
        Path file = folder.resolve("rows");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            new RowFile(6, 20, List.of(new RowFile.Row(6, List.of("HP", "1", "", "EUR", "", "", "2001")))).writeTo(out);
        }
        properties.put(MemorySource.TOPIC, "products");
        properties.put(MemorySource.ROW_FILE, file.toString());
        properties.put(MemorySource.REPEAT, "2");
        for (String header : List.of("s3.bucket", "s3.key", "s3.etag", "s3.last.modified")) {
            properties.put(MemorySource.HEADER_PREFIX + header, header);
        }
        properties.put(MemorySource.HEADER_PREFIX + "file.date", "2026-11-01");
    }

    @Test
    void recordsAreEqualOnlyToThemselves() throws InterruptedException {
        SourceRecord record = firstRecord();
        SourceRecord sameContent = firstRecord();
        assertThat(record.toString()).isEqualTo(sameContent.toString());
        assertThat(Set.of(record)).contains(record).doesNotContain(sameContent);
        assertThat(record.hashCode()).isEqualTo(System.identityHashCode(record));
    }

    private SourceRecord firstRecord() throws InterruptedException {
        MemorySourceTask task = new MemorySourceTask();
        task.initialize(withoutTransactions());
        task.start(properties);
        List<SourceRecord> records = Objects.requireNonNull(task.poll());
        task.stop();
        assertThat(records).hasSize(2);
        return records.get(0);
    }

    private SourceTaskContext withoutTransactions() {
        return new SourceTaskContext() {
            @Override
            public Map<String, String> configs() {
                return properties;
            }

            @Override
            public OffsetStorageReader offsetStorageReader() {
                throw new UnsupportedOperationException();
            }

            @Override
            public PluginMetrics pluginMetrics() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
