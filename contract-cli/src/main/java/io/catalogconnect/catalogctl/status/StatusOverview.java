package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.status.FileState.Phase;
import io.catalogconnect.catalogctl.status.Status.Files;
import io.catalogconnect.catalogctl.status.Status.TableState;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Prints several states for people: a line for each. */
public final class StatusOverview {
    private StatusOverview() {}

    /** Prints a table with a line for each state. */
    public static void print(List<Status> states, PrintWriter out) {
        TextTable.print(
                out,
                List.of("product", "version", "health", "connectors", "files", "newest row", "lag"),
                states.stream().map(StatusOverview::row).toList());
    }

    private static List<String> row(Status status) {
        return List.of(
                StatusText.printable(status.product().name()),
                StatusText.printable(version(status)),
                StatusText.health(status),
                connectors(status),
                status.isKnown(Service.CONNECT) ? files(status.files()) : "?",
                newestRow(status),
                StatusText.lag(status, status.lag()));
    }

    /** The version that was applied. The contract may have another one. */
    private static String version(Status status) {
        return status.operations()
                .applied()
                .map(Operations.Apply::version)
                .orElse(status.isKnown(Service.BIGQUERY) ? "-" : "?");
    }

    private static String connectors(Status status) {
        if (!status.isKnown(Service.CONNECT)) {
            return "?";
        }
        return status.connectors().stream()
                        .filter(Status.ConnectorState::isRunning)
                        .count() + "/" + status.connectors().size() + " running";
    }

    private static String files(Files files) {
        long open = files.count(Phase.OPEN) + files.count(Phase.WAITING);
        return StatusText.number(files.count(Phase.READ)) + " read"
                + (open == 0 ? "" : ", " + StatusText.number(open) + " not read");
    }

    private static String newestRow(Status status) {
        return status.tables().stream()
                .filter(TableState::isProduct)
                .map(TableState::newestRow)
                .flatMap(Optional::stream)
                .findFirst()
                .map(time -> Age.text(Duration.between(time, status.at())) + " ago")
                .orElse("-");
    }
}
