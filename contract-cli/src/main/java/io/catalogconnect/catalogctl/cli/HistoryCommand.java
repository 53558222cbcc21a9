package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.LogEntry;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the log of a contract in an environment. */
@Command(
        name = "history",
        description =
                "Prints who changed the resources of a contract in an environment, and when. With -o json, also the"
                        + " plans and the texts of the contract.")
final class HistoryCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final List<String> HEADER = List.of("apply", "when (UTC)", "who", "event", "from", "to", "what");

    /** A form of the log. */
    enum Format {
        text,
        json
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONTRACT", description = "A contract.")
    private Path file = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Form of the log: text or json. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Override
    public Integer call() throws ContractException, ContextException, IOException {
        try (PlannedContract contract = PlannedContract.open(file, target)) {
            PrintWriter out = spec.commandLine().getOut();
            List<LogEntry> log = contract.services()
                    .facts()
                    .log(contract.desired().contractId(), contract.desired().environment());
            switch (format) {
                case text -> print(log, out);
                case json -> out.println(json(log));
            }
            out.flush();
            return 0;
        }
    }

    static void print(List<LogEntry> log, PrintWriter out) {
        TextTable.print(
                out,
                HEADER,
                log.stream()
                        .map(entry -> List.of(
                                String.valueOf(entry.apply()),
                                TIME.format(entry.at()),
                                shown(entry.who()),
                                shown(entry.event()),
                                shown(entry.fromVersion()),
                                shown(entry.toVersion()),
                                shown(entry.what())))
                        .toList());
    }

    static String json(List<LogEntry> log) throws JsonProcessingException {
        List<Map<String, Object>> entries = log.stream()
                .map(entry -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("apply", entry.apply());
                    fields.put("at", entry.at().toString());
                    fields.put("who", entry.who());
                    fields.put("event", entry.event());
                    fields.put("from", entry.fromVersion());
                    fields.put("to", entry.toVersion());
                    fields.put("what", entry.what());
                    fields.put("plan", entry.plan());
                    fields.put("contract", entry.text());
                    return fields;
                })
                .toList();
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(entries);
    }

    /** A text of the log without control characters; a dash for none. */
    private static String shown(String text) {
        return text.isEmpty() ? "-" : text.replaceAll("\\p{Cntrl}", "?");
    }
}
