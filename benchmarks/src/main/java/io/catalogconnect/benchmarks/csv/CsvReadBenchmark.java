package io.catalogconnect.benchmarks.csv;

import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.generator.Sample;
import io.catalogconnect.s3csv.csv.CsvDialect;
import io.catalogconnect.s3csv.csv.CsvReaders;
import io.catalogconnect.s3csv.csv.CsvRecord;
import io.catalogconnect.s3csv.csv.CsvRecordReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A whole catalogue from memory on one thread; rows a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CsvReadBenchmark {
    private static final int ROWS = 20_000;
    private static final int WITH_HEADER = ROWS + 1;
    private static final long SEED = 20;

    /** Which catalogue: as the real one is, or with accents, emoji, quotes and several lines in a cell. */
    @Param({"catalogue", "quirks"})
    public String shape = "";

    private byte[] csv = {};

    /** Makes the catalogue. */
    @Setup
    public void prepare() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Set<io.catalogconnect.generator.Quirk> quirks = shape.equals("quirks") ? Sample.SHAPE.quirks() : Set.of();
        new CatalogGenerator().write(new CatalogShape(ROWS, SEED, quirks), out);
        csv = out.toByteArray();
    }

    /** As the source reads: every record with its first and last byte. */
    @Benchmark
    @OperationsPerInvocation(WITH_HEADER)
    public void withPositions(Blackhole sink) throws IOException {
        int records = 0;
        try (CsvRecordReader reader = CsvReaders.open(new ByteArrayInputStream(csv), CsvDialect.RFC_4180, 0)) {
            for (CsvRecord record = reader.next(); record != null; record = reader.next()) {
                sink.consume(record);
                records++;
            }
        }
        check(records);
    }

    /** The same parser with the same dialect, and nothing around it. */
    @Benchmark
    @OperationsPerInvocation(WITH_HEADER)
    public void plainCommonsCsv(Blackhole sink) throws IOException {
        int records = 0;
        try (CSVParser parser = CSVParser.builder()
                .setReader(new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8))
                .setFormat(CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get())
                .get()) {
            for (CSVRecord record : parser) {
                sink.consume(record);
                records++;
            }
        }
        check(records);
    }

    private static void check(int records) {
        if (records != WITH_HEADER) {
            throw new IllegalStateException(records + " records instead of " + WITH_HEADER);
        }
    }
}
