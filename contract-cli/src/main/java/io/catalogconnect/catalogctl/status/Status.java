package io.catalogconnect.catalogctl.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a data product in an environment.
 *
 * @param at time at which it was read
 * @param levels service levels of the contract
 * @param outages the error of each service that does not answer; what it would say is not known
 * @param hasDataset false if the dataset of the tables does not exist
 * @param files the files of the source
 * @param problems what needs a person
 */
public record Status(
        Product product,
        Instant at,
        Levels levels,
        Map<Service, String> outages,
        Operations operations,
        List<ConnectorState> connectors,
        List<TopicState> topics,
        boolean hasDataset,
        List<TableState> tables,
        Files files,
        List<Problem> problems) {
    public Status {
        outages = Map.copyOf(outages);
        connectors = List.copyOf(connectors);
        topics = List.copyOf(topics);
        tables = List.copyOf(tables);
        problems = List.copyOf(problems);
    }

    /**
     * The contract and where it is applied.
     *
     * @param isDraft whether apply refuses the contract because of its status
     * @param arguments file of the contract and name of the context, for the commands in advice
     */
    public record Product(
            String id, String name, String version, String environment, boolean isDraft, String arguments) {}

    /**
     * A connector.
     *
     * @param role {@code source} or {@code sink}
     * @param state such as {@code RUNNING}, {@code ABSENT}, or {@code UNKNOWN} if no worker answers
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
     * A topic.
     *
     * @param use what its records are
     * @param records number of records, at most {@link #MOST_RECORDS}; only counted for records that need a person
     */
    public record TopicState(String name, Use use, boolean exists, int records) {
        /** The number at which the counting ends. */
        public static final int MOST_RECORDS = 1000;
        /** For records that this account may not read. */
        static final int NOT_COUNTED = -1;

        /** What the records of a topic are. */
        public enum Use {
            ROWS("rows"),
            EVENTS("events"),
            MALFORMED_ROWS("malformed rows"),
            DEAD_LETTERS("dead letters");

            private final String words;

            Use(String words) {
                this.words = words;
            }

            /** The use in words. */
            public String words() {
                return words;
            }
        }

        /** The number of records as text. */
        public String count() {
            return records == NOT_COUNTED
                    ? "an unknown number of"
                    : records < MOST_RECORDS ? String.valueOf(records) : MOST_RECORDS + " or more";
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

        /** The problem that files may wait of which nothing is known; empty if the bucket was listed. */
        Optional<Problem> unknown() {
            return isListed
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            "the bucket was not listed: " + notListed.replaceFirst("\\.$", ""),
                            Optional.empty(),
                            "Give this machine, or the variables of the context, credentials that may list the bucket."
                                    + " Without them, new files are not known.",
                            true));
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
        return new Status(
                product, at, levels, outages, operations, connectors, topics, hasDataset, tables, files, found);
    }

    /** True if a service has answered. */
    public boolean isKnown(Service service) {
        return !outages.containsKey(service);
    }

    /**
     * The first problem without whose solution the rows of new files are not shown, or it is not known whether they are; empty
     * for none.
     */
    public Optional<Problem> blockade() {
        return problems.stream().filter(Problem::isBlocking).findFirst().or(files::unknown);
    }

    /** True if nothing needs a person. */
    public boolean isHealthy() {
        return problems.isEmpty();
    }

    /** Offsets of all topics that the sink has not committed. */
    public long lag() {
        return tables.stream().mapToLong(TableState::lag).sum();
    }

    /** The files that were read, or begun, and were delivered before the last apply. */
    List<FileState> earlierFiles() {
        Instant applied = operations
                .unfinished()
                .or(operations::applied)
                .map(Operations.Apply::at)
                .orElse(Instant.MIN);
        return files.all().stream()
                .filter(file -> file.phase() != FileState.Phase.WAITING)
                .filter(file -> file.delivered().isBefore(applied))
                .toList();
    }

    /** True if rows of files that were read before a table was created are not in it. */
    boolean lacksEarlierRows() {
        return !operations.unfilled().isEmpty() && !earlierFiles().isEmpty();
    }

    /**
     * True if all services answer, the bucket was listed, all of its files are read, and the sink has written and published all
     * records.
     */
    public boolean isShown() {
        return outages.isEmpty()
                && files.isListed()
                && files.count(FileState.Phase.READ) == files.all().size()
                && lag() == 0
                && !lacksEarlierRows()
                && topics.stream().allMatch(topic -> topic.exists() || topic.use() == TopicState.Use.DEAD_LETTERS)
                && tables.stream().allMatch(TableState::exists)
                && connectors.stream().allMatch(ConnectorState::isRunning);
    }
}
