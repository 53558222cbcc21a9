package io.catalogconnect.catalogctl.status;

import io.catalogconnect.catalogctl.status.Status.ConnectorState;
import io.catalogconnect.catalogctl.status.Status.TableState;
import io.catalogconnect.catalogctl.status.Status.TopicState;
import io.catalogconnect.catalogctl.status.Status.TopicState.Use;
import io.catalogconnect.contract.report.Counted;
import java.util.Map;

/** Services that do not answer, operations that have not ended, and resources that are absent or do not run. */
record ResourceProblems(Status status, ProblemList problems) {
    /** Services that do not answer, operations that have not ended, and resources that are absent or do not run. */
    void find() {
        outages();
        unfinishedApply();
        replay("End it: " + problems.command("replay") + " --resume");
        resources();
    }

    /** The same for a product that has ended: it needs no resources, and an apply makes no changes for it. */
    void findOfRetired() {
        outages();
        replay("Give it up: " + problems.command("replay") + " --abandon");
    }

    private void resources() {
        dataset();
        if (status.isKnown(Service.CONNECT)) {
            status.connectors().forEach(this::connector);
        }
        earlierRows();
        status.topics().forEach(this::topic);
        if (status.isKnown(Service.BIGQUERY)) {
            status.tables().forEach(this::table);
        }
    }

    private void dataset() {
        if (!status.hasDataset()) {
            problems.block(
                    "the dataset of the contract does not exist",
                    problems.apply() + ", which creates it. If the contract was applied before, check"
                            + " project and dataset of the bigquery server, and the variables of the context.");
        } else if (status.isKnown(Service.BIGQUERY) && status.operations().isNew()) {
            problems.block("the contract was not applied here", problems.apply() + ".");
        }
    }

    private void outages() {
        status.outages().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(outage -> outage(outage.getKey(), outage.getValue()));
    }

    private void earlierRows() {
        if (status.lacksEarlierRows() && status.operations().replay().isEmpty()) {
            String first = status.earlierFiles().stream()
                    .map(FileState::date)
                    .filter(date -> !date.isEmpty())
                    .sorted()
                    .findFirst()
                    .orElse("YYYY-MM-DD");
            problems.block(
                    "rows of earlier files are not in "
                            + String.join(", ", status.operations().unfilled())
                            + (status.operations().unfilled().size() == 1 ? ", which was" : ", which were")
                            + " created later",
                    "Run " + problems.command("replay") + " --since " + first + ".");
        }
    }

    private void outage(Service service, String message) {
        problems.block(message.replaceFirst("\\.$", ""), service.advice() + " " + service.unknown());
    }

    private void unfinishedApply() {
        status.operations()
                .unfinished()
                .ifPresent(apply -> problems.add(
                        apply + (apply.hasFailed() ? " has failed in part" : " has not ended"),
                        apply.at(),
                        waitOr(problems.apply() + ", which makes the changes that are left.")));
    }

    private void replay(String advice) {
        status.operations()
                .replay()
                .ifPresent(replay -> problems.add(replay + " has not ended", replay.at(), waitOr(advice)));
    }

    /** A process that works on the contract is waited for first. */
    private String waitOr(String advice) {
        return status.operations()
                .holder()
                .map(holder -> holder + ", has the contract in use. Wait until it has ended.")
                .orElse(advice);
    }

    private void connector(ConnectorState connector) {
        String name = connector.name();
        if (connector.version().isEmpty()) {
            problems.block("the worker has no plugin " + connector.plugin(), "Install the plugin on all workers.");
        } else if (connector.state().equals("ABSENT")) {
            absent("the connector " + name);
        } else if (connector.state().equals("STOPPED") || connector.state().equals("PAUSED")) {
            boolean isReplayed = connector.role().equals("source")
                    && status.operations().replay().isPresent();
            problems.block(
                    "the connector " + name + " is " + connector.state(),
                    waitOr(
                            isReplayed
                                    ? "End the replay, which starts it: " + problems.command("replay") + " --resume"
                                    : problems.apply() + ", which starts it."));
        } else if (!connector.error().isEmpty() || connector.state().equals("FAILED")) {
            problems.block(name + " has failed: " + connector.error(), failed(name));
        } else if (!connector.isRunning()) {
            problems.add(
                    name + " runs " + connector.running() + " of "
                            + Counted.of(connector.tasks().size(), "task"),
                    "Wait until the workers have assigned the tasks. If it stays so, read the logs of the workers.");
        }
    }

    /** Of a contract that was never applied, nothing exists. */
    private void absent(String resource) {
        boolean isApplied = !status.operations().isNew() || !status.isKnown(Service.BIGQUERY);
        if (isApplied && status.hasDataset()) {
            problems.block(resource + " does not exist", problems.apply() + ".");
        }
    }

    private void topic(TopicState topic) {
        if (topic.use() == Use.DEAD_LETTERS) {
            deadLetters(topic);
        } else if (!topic.exists()) {
            absent("the topic " + topic.name());
        }
    }

    /** A malformed row is reported with its file, and the contract says how many are too many. */
    private void deadLetters(TopicState topic) {
        if (topic.records() > 0) {
            problems.add(
                    "the dead letter queue " + topic.name() + " has " + topic.count()
                            + " records, which are in no table",
                    "Read them: with errors.deadletterqueue.context.headers.enable=true, their headers have the error."
                            + " Correct the cause, read their files again with " + problems.command("replay")
                            + " --file KEY, and delete the records from the topic.");
        }
    }

    private static String failed(String connector) {
        return "Look the message up in docs/troubleshooting.md and correct the cause. For a malformed file, deliver a"
                + " corrected one. Then restart: POST /connectors/" + connector
                + "/restart?includeTasks=true&onlyFailed=true";
    }

    private void table(TableState table) {
        if (!table.exists()) {
            absent("the table " + table.name());
        }
    }
}
