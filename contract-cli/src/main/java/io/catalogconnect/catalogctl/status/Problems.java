package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.status.FileState.Phase;
import io.catalogconnect.catalogctl.status.Status.ConnectorState;
import io.catalogconnect.catalogctl.status.Status.TableState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what needs a person in a state. */
final class Problems {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_FILES = 5;

    private final Status status;
    private final List<Problem> problems = new ArrayList<>();

    private Problems(Status status) {
        this.status = status;
    }

    static List<Problem> of(Status status) {
        Problems found = new Problems(status);
        found.replay();
        status.connectors().forEach(found::connector);
        status.tables().forEach(found::table);
        found.lateFiles();
        found.malformedFiles();
        found.lateRecords();
        return found.problems;
    }

    private void replay() {
        status.replay()
                .ifPresent(replay -> add(
                        replay + " has not ended",
                        replay.at(),
                        "If no process runs it any more, end it: " + command("replay") + " --resume"));
    }

    private void connector(ConnectorState connector) {
        String name = connector.name();
        if (connector.version().isEmpty()) {
            add("the worker has no plugin " + connector.plugin(), "Install the plugin on all workers.");
        } else if (connector.state().equals("ABSENT")) {
            add("the connector " + name + " does not exist", "Run " + command("apply") + ".");
        } else if (connector.state().equals("STOPPED") || connector.state().equals("PAUSED")) {
            boolean isReplayed =
                    connector.role().equals("source") && status.replay().isPresent();
            add(
                    "the connector " + name + " is " + connector.state(),
                    isReplayed
                            ? "The end of the replay starts it."
                            : "If nobody works on it, run " + command("apply") + ", which starts it.");
        } else if (!connector.error().isEmpty() || connector.state().equals("FAILED")) {
            add(name + " has failed: " + connector.error(), failed(name));
        } else if (!connector.isRunning()) {
            add(
                    name + " runs " + connector.running() + " of "
                            + connector.tasks().size() + " tasks",
                    "Wait until the workers have assigned the tasks. If it stays so, read the logs of the workers.");
        }
    }

    private static String failed(String connector) {
        return "Look the message up in docs/troubleshooting.md and correct the cause. For a malformed file, deliver a"
                + " corrected one. Then restart: POST /connectors/" + connector
                + "/restart?includeTasks=true&onlyFailed=true";
    }

    private void table(TableState table) {
        if (!table.exists()) {
            add("the table " + table.name() + " does not exist", "Run " + command("apply") + ".");
        } else if (table.isProduct()) {
            freshness(table);
        }
    }

    /** Only the product: a rule may drop all rows of a file. */
    private void freshness(TableState table) {
        Instant newest = table.newestRow()
                .or(() -> status.applied().map(Status.Applied::at))
                .orElse(status.at());
        Optional<Duration> limit = status.levels().age();
        Duration age = Duration.between(newest, status.at());
        if (limit.isPresent() && age.compareTo(limit.get()) > 0) {
            late(table, "for " + Age.text(age) + " (SLA " + Age.text(limit.get()) + ")", newest.plus(limit.get()));
            return;
        }
        status.levels().due().ifPresent(due -> {
            Instant today =
                    status.at().atZone(ZoneOffset.UTC).toLocalDate().atTime(due).toInstant(ZoneOffset.UTC);
            Instant last = today.isAfter(status.at()) ? today.minus(DAY) : today;
            if (newest.isBefore(last.minus(DAY))) {
                late(table, "in the day before " + due + " UTC (SLA timeOfAvailability)", last);
            }
        });
    }

    private void late(TableState table, String when, Instant since) {
        boolean waits = status.files().count(Phase.READ) < status.files().all().size();
        add(
                table.name() + " is late: no row has come " + when,
                since,
                waits
                        ? "A file waits. See the problems of the connectors and files."
                        : "No file waits. Ask the producer of the files.");
    }

    private void lateFiles() {
        List<FileState> late = status.files().all().stream()
                .filter(file -> file.phase() != Phase.READ && isLate(file))
                .toList();
        late.stream().limit(MOST_FILES).forEach(file -> {
            Instant due = file.delivered().plus(latency());
            String read = file.phase() == Phase.WAITING ? "is not read" : "is read to " + file.percent() + " %";
            add(
                    file.uri() + " " + read + ", delivered "
                            + Age.text(Duration.between(file.delivered(), status.at())) + " ago (SLA latency "
                            + Age.text(latency()) + ")",
                    due,
                    "If the source has failed, see its problem. If it runs, more tasks of the source read more files at"
                            + " the same time.");
        });
        if (late.size() > MOST_FILES) {
            add((late.size() - MOST_FILES) + " more files are late", "See " + command("status") + " -o json.");
        }
    }

    private boolean isLate(FileState file) {
        return status.levels().latency().isPresent()
                && file.delivered().plus(latency()).isBefore(status.at());
    }

    private Duration latency() {
        return status.levels().latency().orElse(Duration.ZERO);
    }

    private void malformedFiles() {
        status.levels()
                .errorRate()
                .ifPresent(limit -> status.files().all().stream()
                        .filter(file -> file.delivered().plus(WEEK).isAfter(status.at()))
                        .filter(file -> BigDecimal.valueOf(file.malformedRows())
                                        .compareTo(limit.multiply(BigDecimal.valueOf(file.rows())))
                                > 0)
                        .limit(MOST_FILES)
                        .forEach(file -> add(
                                file.malformedRows() + " of " + file.rows() + " rows of " + file.uri()
                                        + " are malformed (SLA errorRate " + limit.toPlainString() + ")",
                                file.delivered(),
                                "Deliver a corrected file, which is read from its first row.")));
    }

    private void lateRecords() {
        Optional<FileState> newest = status.files().all().stream().findFirst();
        boolean allRead =
                status.files().count(Phase.READ) == status.files().all().size();
        if (status.lag() > 0 && allRead && newest.filter(this::isLate).isPresent()) {
            status.tables().stream()
                    .filter(table -> table.lag() > 0)
                    .forEach(table -> add(
                            table.topic() + " has a lag of " + table.lag() + " offsets, and its files are late (SLA"
                                    + " latency " + Age.text(latency()) + ")",
                            "If the sink has failed, see its problem. Otherwise run " + command("doctor")
                                    + ", or give the sink more tasks."));
        }
    }

    private String command(String command) {
        return "catalogctl " + command + " " + status.product().arguments();
    }

    private void add(String what, String advice) {
        problems.add(new Problem(what, Optional.empty(), advice));
    }

    private void add(String what, Instant since, String advice) {
        problems.add(new Problem(what, Optional.of(since), advice));
    }
}
