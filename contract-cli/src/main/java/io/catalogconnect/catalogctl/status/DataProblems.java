package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.status.FileState.Phase;
import io.catalogconnect.catalogctl.status.Status.TableState;
import io.catalogconnect.catalogctl.status.Status.TopicState.Use;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Files and rows that do not keep the service levels. */
record DataProblems(Status status, ProblemList problems) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_FILES = 5;

    void find() {
        if (status.isKnown(Service.BIGQUERY)) {
            status.tables().stream()
                    .filter(table -> table.exists() && table.isProduct())
                    .forEach(this::freshness);
        }
        lateFiles();
        malformedFiles();
        lateRecords();
    }

    /** Only the product: a rule may drop all rows of a file. */
    private void freshness(TableState table) {
        Instant newest = table.newestRow()
                .or(() -> status.operations().applied().map(Operations.Apply::at))
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
        problems.add(
                table.name() + " is late: no row has come " + when,
                since,
                status.files().count(Phase.READ) < status.files().all().size()
                        ? "A file waits. See the problems of the connectors and files."
                        : status.files().isListed()
                                ? "No file waits. Ask the producer of the files."
                                : "Whether a file waits is not known. See the bucket.");
    }

    private void lateFiles() {
        List<FileState> late = status.files().all().stream()
                .filter(file -> file.phase() != Phase.READ && isLate(file))
                .toList();
        late.stream().limit(MOST_FILES).forEach(file -> {
            Instant due = file.delivered().plus(latency());
            String read = file.phase() == Phase.WAITING ? "is not read" : "is read to " + file.percent() + " %";
            problems.add(
                    file.uri() + " " + read + ", delivered "
                            + Age.text(Duration.between(file.delivered(), status.at())) + " ago (SLA latency "
                            + Age.text(latency()) + ")",
                    due,
                    "If the source has failed, see its problem. If it runs, more tasks of the source read more files at"
                            + " the same time.");
        });
        if (late.size() > MOST_FILES) {
            problems.add(
                    (late.size() - MOST_FILES) + " more files are late",
                    "See " + problems.command("status") + " -o json.");
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
                        .forEach(file -> problems.add(
                                file.malformedRows() + " of " + file.rows() + " rows of " + file.uri()
                                        + " are malformed (SLA errorRate " + limit.toPlainString() + ")",
                                file.delivered(),
                                malformedRows() + "Deliver a corrected file, which is read from its first row.")));
    }

    private String malformedRows() {
        return status.topics().stream()
                .filter(topic -> topic.use() == Use.MALFORMED_ROWS)
                .findFirst()
                .map(topic -> "The rows are in the topic " + topic.name() + ". ")
                .orElse("");
    }

    private void lateRecords() {
        Optional<FileState> newest = status.files().all().stream().findFirst();
        boolean allRead =
                status.files().count(Phase.READ) == status.files().all().size();
        if (status.lag() > 0 && allRead && newest.filter(this::isLate).isPresent()) {
            status.tables().stream()
                    .filter(table -> table.lag() > 0)
                    .forEach(table -> problems.add(
                            table.topic() + " has a lag of " + table.lag() + " offsets, and its files are late (SLA"
                                    + " latency " + Age.text(latency()) + ")",
                            "If the sink has failed, see its problem. Otherwise run " + problems.command("doctor")
                                    + ", or give the sink more tasks."));
        }
    }
}
