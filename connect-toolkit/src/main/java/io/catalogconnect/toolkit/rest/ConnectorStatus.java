package io.catalogconnect.toolkit.rest;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of a connector and its tasks, from the REST API.
 *
 * @param name the connector's name
 * @param connector the state of the connector itself
 * @param tasks the states of its tasks, by task number
 */
public record ConnectorStatus(String name, State connector, List<State> tasks) {
    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /**
     * One state.
     *
     * @param state such as {@code RUNNING}, {@code FAILED} or {@code UNASSIGNED}
     * @param trace the stack trace of a failure, empty without one
     */
    public record State(String state, String trace) {
        /** Whether the connector or the task has failed. */
        public boolean failed() {
            return state.equals("FAILED");
        }

        /** The message of the innermost cause of a failure in one line, without the class of the exception; empty without one. */
        public String reason() {
            String innermost = trace.lines()
                    .filter(line -> line.startsWith("Caused by: "))
                    .reduce((first, second) -> second)
                    .or(() -> trace.lines().findFirst())
                    .orElse("");
            return innermost
                    .replaceFirst("^(Caused by: )?([\\w$]+\\.)+[\\w$]+: ", "")
                    .strip();
        }

        /** Every message of the trace's chain of causes, the innermost last. */
        private String messages() {
            return String.join(
                    "\n  caused by ",
                    trace.lines()
                            .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
                            .map(line -> line.replaceFirst("^Caused by: ", ""))
                            .toList());
        }
    }

    /** Whether the connector and all of its tasks, at least one, are running. */
    public boolean isRunning() {
        return !tasks.isEmpty()
                && Stream.concat(Stream.of(connector), tasks.stream())
                        .allMatch(state -> state.state().equals("RUNNING"));
    }

    /** What has failed and why, or empty if nothing has. */
    public Optional<String> failure() {
        return failure(List.of());
    }

    /** What has failed and why, or empty if nothing has apart from failures that are known. */
    public Optional<String> failure(Collection<State> known) {
        return failures().stream()
                .filter(state -> !known.contains(state))
                .map(state -> "Connector " + name + " has failed: " + state.messages())
                .findFirst();
    }

    /** The states of the connector and the tasks that have failed. */
    public List<State> failures() {
        return Stream.concat(Stream.of(connector), tasks.stream())
                .filter(State::failed)
                .toList();
    }
}
