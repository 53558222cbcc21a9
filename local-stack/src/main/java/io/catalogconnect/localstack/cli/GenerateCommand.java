package io.catalogconnect.localstack.cli;

import io.catalogconnect.generator.CatalogGenerator;
import io.catalogconnect.generator.CatalogShape;
import io.catalogconnect.generator.CatalogSummary;
import io.catalogconnect.generator.Quirk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a catalogue of the real shape. */
@Command(
        name = "generate",
        description =
                "Writes a product catalogue of the real shape, of any size; the same options give the same bytes.")
final class GenerateCommand implements Callable<Integer> {
    private final PrintWriter err;

    @Option(names = "--rows", paramLabel = "N", required = true, description = "Data rows, of about 1 kB each.")
    private long rows;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path file = Path.of("");

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides every value (default: 1).")
    private long seed;

    @Option(
            names = "--quirks",
            paramLabel = "NAME",
            split = ",",
            description = "Unusual cases to include: ${COMPLETION-CANDIDATES}.")
    private Set<Quirk> quirks = new HashSet<>();

    GenerateCommand(PrintWriter err) {
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        CatalogSummary summary;
        try (OutputStream out = Files.newOutputStream(file)) {
            summary = new CatalogGenerator().write(new CatalogShape(rows, seed, quirks), out);
        }
        err.printf(
                "%s: %d rows, %d bad, %d with an image, %d Samsung after 2000 without one%n",
                file, summary.rows(), summary.badRows(), summary.withImage(), summary.samsungAfter2000WithoutImage());
        return 0;
    }
}
