package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.status.FileState.Phase;
import io.catalogconnect.catalogctl.status.Status.ConnectorState;
import io.catalogconnect.catalogctl.status.Status.Files;
import io.catalogconnect.catalogctl.status.Status.TableState;
import io.catalogconnect.contract.report.Counted;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Prints a state for people. Texts of services are printed without control characters. */
public final class StatusText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final String UNKNOWN = "?";
    private static final int DAY = 8;
    private static final int MOST_FILES = 10;

    private final Status status;
    private final PrintWriter out;

    private StatusText(Status status, PrintWriter out) {
        this.status = status;
        this.out = out;
    }

    /** Prints the whole state. */
    public static void print(Status status, PrintWriter out) {
        StatusText text = new StatusText(status, out);
        text.title();
        text.connectors();
        text.tables();
        text.files();
        text.topics();
        text.problems();
    }

    /** Prints only what needs a person. */
    public static void printProblems(Status status, PrintWriter out) {
        StatusText text = new StatusText(status, out);
        text.title();
        text.problems();
    }

    /** The progress of the files in one line. */
    public static String progress(Status status) {
        Files files = status.files();
        StringBuilder line = new StringBuilder()
                .append(files.count(Phase.READ))
                .append(" of ")
                .append(files.all().size())
                .append(" files read");
        files.all().stream()
                .filter(file -> file.phase() == Phase.OPEN)
                .findFirst()
                .ifPresent(file -> line.append(", ")
                        .append(printable(file.name()))
                        .append(' ')
                        .append(file.percent())
                        .append(" %"));
        return line.append(", ")
                .append(number(files.rows()))
                .append(" rows; lag ")
                .append(number(status.lag()))
                .toString();
    }

    /** A problem and what to do, in one line. */
    public static String line(Problem problem) {
        return printable(problem.what() + ". " + problem.advice());
    }

    private void title() {
        String applied = status.operations()
                .applied()
                .map(apply -> "applied " + TIME.format(apply.at()) + " by " + apply.who() + ", apply " + apply.number()
                        + (apply.version().equals(status.product().version()) ? "" : ", version " + apply.version()))
                .orElseGet(() -> notApplied(status));
        out.println(printable(status.product().name() + " " + status.product().version() + " on "
                + status.product().environment() + " (" + applied + ")  " + health(status)));
    }

    private static String notApplied(Status status) {
        if (!status.isKnown(Service.BIGQUERY)) {
            return "it is not known what was applied";
        }
        return status.operations().isNew() ? "not applied here" : "applied in part";
    }

    /** The number of problems in words. */
    static String health(Status status) {
        return status.isHealthy() ? "healthy" : Counted.of(status.problems().size(), "problem");
    }

    private void connectors() {
        out.println();
        TextTable.print(
                out,
                List.of("connector", "state", "tasks", "plugin"),
                status.connectors().stream().map(StatusText::row).toList());
    }

    private static List<String> row(ConnectorState connector) {
        return List.of(
                connector.name(),
                connector.state(),
                connector.running() + "/" + connector.tasks().size(),
                connector.version().isEmpty() ? "-" : connector.version());
    }

    private void tables() {
        out.println();
        TextTable.print(
                out,
                List.of("table", "rows", "partitions", "newest", "newest row", "lag"),
                status.tables().stream().map(this::row).toList());
    }

    private List<String> row(TableState table) {
        boolean isKnown = status.isKnown(Service.BIGQUERY);
        return List.of(
                table.name() + (table.exists() || !isKnown ? "" : " (absent)"),
                isKnown ? number(table.rows()) : UNKNOWN,
                isKnown ? number(table.partitions()) : UNKNOWN,
                isKnown ? newest(table.newest()) : UNKNOWN,
                isKnown ? age(table.newestRow()) : UNKNOWN,
                lag(status, table.lag()));
    }

    /** A lag, or a sign for one that is not known. */
    static String lag(Status status, long lag) {
        return status.isKnown(Service.KAFKA) ? number(lag) : UNKNOWN;
    }

    private String age(Optional<Instant> newest) {
        String limit = status.levels()
                .age()
                .map(span -> " (SLA " + Age.text(span) + ")")
                .orElse("");
        return newest.map(time -> Age.text(Duration.between(time, status.at())) + " ago" + limit)
                .orElse("-");
    }

    /** The ID of a partition as a date. */
    static String newest(String partition) {
        return partition.isEmpty()
                ? "-"
                : partition.length() < DAY
                        ? partition
                        : partition.substring(0, 4) + "-" + partition.substring(4, 6) + "-"
                                + partition.substring(6, DAY)
                                + (partition.length() == DAY ? "" : " " + partition.substring(DAY) + ":00");
    }

    private void files() {
        Files files = status.files();
        out.println();
        if (!status.isKnown(Service.CONNECT)) {
            out.println("files: not known");
            return;
        }
        out.println("files: " + number(files.count(Phase.READ)) + " read, " + number(files.count(Phase.OPEN))
                + " open, "
                + (files.isListed() ? number(files.count(Phase.WAITING)) + " waiting" : "waiting ones are not known")
                + "; " + number(files.malformedRows()) + " of " + number(files.rows()) + " rows malformed"
                + status.levels()
                        .errorRate()
                        .map(rate -> " (SLA "
                                + rate.movePointRight(2).stripTrailingZeros().toPlainString() + " %)")
                        .orElse(""));
        if (!files.isListed()) {
            out.println("  The bucket was not listed: " + printable(files.notListed()));
        }
        files.all().stream()
                .filter(file -> file.phase() != Phase.READ)
                .limit(MOST_FILES)
                .forEach(file -> out.println("  " + printable(file.uri()) + "  "
                        + (file.phase() == Phase.WAITING
                                ? "waiting"
                                : file.percent() + " %, " + number(file.rows()) + " rows")));
    }

    /** Topics whose records somebody should read. */
    private void topics() {
        status.topics().stream()
                .filter(topic -> topic.records() != 0)
                .forEach(topic ->
                        out.println(topic.use().words() + ": " + topic.count() + " records in " + topic.name()));
    }

    private void problems() {
        for (Problem problem : status.problems()) {
            out.println();
            String since = problem.since()
                    .map(time -> " (since " + TIME.format(time) + " UTC)")
                    .orElse("");
            out.println("! " + printable(problem.what()) + since);
            out.println("  " + printable(problem.advice()));
        }
    }

    static String number(long number) {
        return String.format("%,d", number);
    }

    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
