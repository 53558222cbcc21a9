package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.check.CheckReport;
import io.catalogconnect.catalogctl.check.DateQuery;
import io.catalogconnect.catalogctl.check.JunitXml;
import io.catalogconnect.catalogctl.check.QualityRun;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.contract.quality.QualityQuery;
import io.catalogconnect.settings.NearestName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the quality checks of a contract. */
@Command(
        name = "check",
        description = "Runs the quality checks of a contract as queries, and compares the results with the limits."
                + " Changes nothing. Exits with 1 if a check of the severity error does not hold.")
final class CheckCommand implements Callable<Integer> {
    private static final String TEN_GIB = "10737418240";

    /** A form of the results. */
    enum Format {
        text,
        junit
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONTRACT", description = "A contract.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--object", paramLabel = "NAME", description = "Run the checks of one object only.")
    private @Nullable String object;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "Check only the rows of a date of the partition column. Default: all rows.")
    private @Nullable LocalDate date;

    @Option(
            names = "--max-bytes",
            paramLabel = "BYTES",
            defaultValue = TEN_GIB,
            description = "Bytes that each query may read. Larger queries are not run. Default: ${DEFAULT-VALUE}.")
    private long maxBytes;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Form of the results: text or junit. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Override
    public Integer call() throws ContractException, ContextException, IOException {
        try (PlannedContract contract = PlannedContract.open(file, target)) {
            CheckReport report = new CheckReport(
                    file.toString(),
                    new QualityRun(contract.services().tables(), maxBytes)
                            .run(dated(contract, queries(QualityQuery.of(contract.contract())))));
            PrintWriter out = spec.commandLine().getOut();
            switch (format) {
                case text -> report.print(out);
                case junit ->
                    out.print(JunitXml.of(
                            contract.desired().name() + " on "
                                    + contract.desired().environment() + (date == null ? "" : ", " + date),
                            report.results()));
            }
            out.flush();
            return report.isFailure() ? Catalogctl.FAILED : 0;
        }
    }

    private List<QualityQuery> dated(PlannedContract contract, List<QualityQuery> queries) throws ContractException {
        if (date == null) {
            return queries;
        }
        DateQuery dates = new DateQuery(
                contract.desired().tables(), date, contract.services().tables()::sqlName);
        if (!dates.undated().isEmpty()) {
            throw new ContractException("--date needs partition columns, and these tables have none: "
                    + String.join(", ", dates.undated()) + ".");
        }
        return queries.stream().map(dates::of).toList();
    }

    private List<QualityQuery> queries(List<QualityQuery> all) throws ContractException {
        if (object == null) {
            return all;
        }
        List<QualityQuery> own =
                all.stream().filter(query -> query.object().equals(object)).toList();
        if (own.isEmpty()) {
            List<String> names =
                    all.stream().map(QualityQuery::object).distinct().toList();
            throw new ContractException(file + " has no checks of an object '" + object + "'."
                    + NearestName.of(object, names)
                            .map(name -> " Did you mean '" + name + "'?")
                            .orElse(" It has checks of: " + String.join(", ", names) + "."));
        }
        return own;
    }
}
