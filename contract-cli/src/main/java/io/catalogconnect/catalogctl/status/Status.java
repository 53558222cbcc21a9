package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.replay.ReplayLog.OpenReplay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of a data product in an environment.
 *
 * @param at time at which it was read
 * @param levels service levels of the contract
 * @param applied the last apply; empty before the first one
 * @param files the files of the source
 * @param replay the replay that has not ended; empty for none
 * @param problems what needs a person
 */
public record Status(
        Product product,
        Instant at,
        Levels levels,
        Optional<Applied> applied,
        List<ConnectorState> connectors,
        List<TableState> tables,
        Files files,
        Optional<OpenReplay> replay,
        List<Problem> problems) {
    public Status {
        connectors = List.copyOf(connectors);
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /**
     * The contract and where it is applied.
     *
     * @param arguments file of the contract and name of the context, for the commands in advice
     */
    public record Product(String id, String name, String version, String environment, String arguments) {}

    /** An apply. */
    public record Applied(long apply, String version, Instant at, String who) {}

    /**
     * A connector.
     *
     * @param role {@code source} or {@code sink}
     * @param state such as {@code RUNNING}, or {@code ABSENT}
     * @param tasks states of its tasks
     * @param plugin class of the connector
     * @param version version of the plugin; empty if no worker has it
     * @param error newest error in one line; empty without one
     */
    public record ConnectorState(
            String role, String name, String state, List<String> tasks, String plugin, String version, String error) {
        public ConnectorState {
            tasks = List.copyOf(tasks);
        }

        /** Whether the connector and all of its tasks are running. */
        public boolean isRunning() {
            return state.equals("RUNNING") && !tasks.isEmpty() && running() == tasks.size();
        }

        /** Number of running tasks. */
        public long running() {
            return tasks.stream().filter("RUNNING"::equals).count();
        }
    }

    /**
     * A table and its topic.
     *
     * @param isProduct whether it contains all rows of the files
     * @param exists false if the table does not exist
     * @param newest ID of the newest partition with rows; empty without one
     * @param newestRow time at which the newest row of it was sent by the source
     * @param lag offsets of the topic that the sink has not committed
     */
    public record TableState(
            String name,
            String topic,
            boolean isProduct,
            boolean exists,
            long rows,
            long partitions,
            String newest,
            Optional<Instant> newestRow,
            long lag) {}

    /**
     * The files of the source.
     *
     * @param isListed whether the bucket was listed; otherwise only files that the source has started to read are known
     * @param notListed why not; empty if it was
     * @param all the files, the newest first
     */
    public record Files(boolean isListed, String notListed, List<FileState> all) {
        public Files {
            all = List.copyOf(all);
        }

        /** Number of files in a phase. */
        public long count(FileState.Phase phase) {
            return all.stream().filter(file -> file.phase() == phase).count();
        }

        /** Rows that the source has read, malformed ones included. */
        public long rows() {
            return all.stream().mapToLong(FileState::rows).sum();
        }

        /** Malformed rows that the source has read. */
        public long malformedRows() {
            return all.stream().mapToLong(FileState::malformedRows).sum();
        }
    }

    /** The same with problems. */
    public Status withProblems(List<Problem> found) {
        return new Status(product, at, levels, applied, connectors, tables, files, replay, found);
    }

    /** True if nothing needs a person. */
    public boolean isHealthy() {
        return problems.isEmpty();
    }

    /** Offsets of all topics that the sink has not committed. */
    public long lag() {
        return tables.stream().mapToLong(TableState::lag).sum();
    }

    /** True if all known files are read, and the sink has written and published all records. */
    public boolean isShown() {
        return files.count(FileState.Phase.READ) == files.all().size()
                && lag() == 0
                && tables.stream().allMatch(TableState::exists)
                && connectors.stream().allMatch(ConnectorState::isRunning);
    }
}
