package io.catalogconnect.catalogctl.cli;

import io.catalogconnect.catalogctl.context.Context;
import io.catalogconnect.catalogctl.context.ContextException;
import io.catalogconnect.catalogctl.live.Bucket;
import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.LiveReader;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.Planner;
import io.catalogconnect.catalogctl.replay.ReplayAdvice;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.catalogctl.status.Levels;
import io.catalogconnect.catalogctl.status.StatusReader;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.render.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A contract of a file, with the services of a context. */
final class PlannedContract implements AutoCloseable {
    private final String arguments;
    private final Contract contract;
    private final Context context;
    private final Desired desired;
    private final OpenServices open;

    private PlannedContract(String arguments, Contract contract, Context context, Desired desired, OpenServices open) {
        this.arguments = arguments;
        this.contract = contract;
        this.context = context;
        this.desired = desired;
        this.open = open;
    }

    /** For a command that changes nothing. */
    static PlannedContract open(Path file, TargetOptions target)
            throws ContractException, ContextException, IOException {
        return open(file, target, ContractFiles.valid(file));
    }

    /** For a command that changes an environment, or prints the changes: the policy must permit the contract. */
    static PlannedContract open(Path file, TargetOptions target, PolicyOption policy)
            throws ContractException, ContextException, IOException {
        return open(file, target, ContractFiles.valid(file, policy.read()));
    }

    private static PlannedContract open(Path file, TargetOptions target, Contract contract)
            throws ContractException, ContextException, IOException {
        Context context = target.context();
        Environment servers = TargetOptions.servers(contract, context, file.toString());
        Desired desired = Desired.of(contract, servers, Files.readString(file));
        String arguments = TargetOptions.quoted(file) + " " + target.arguments();
        return new PlannedContract(
                arguments, contract, context, desired, OpenServices.open(context, servers.warehouse()));
    }

    Contract contract() {
        return contract;
    }

    Desired desired() {
        return desired;
    }

    Services services() {
        return open.services();
    }

    /** Name of the context. */
    String context() {
        return context.name();
    }

    /** The environment and its addresses. */
    String where() {
        return context.name() + " (Connect " + context.connect() + ", Kafka "
                + context.kafka().getOrDefault("bootstrap.servers", "") + ", BigQuery "
                + (context.bigQueryEndpoint().isEmpty() ? "of Google" : context.bigQueryEndpoint()) + ")";
    }

    Plan plan(boolean adopt) throws InterruptedException {
        return Planner.plan(desired, LiveReader.read(desired, services()), adopt);
    }

    /** Reads the state of the contract. */
    StatusReader status(Clock clock) {
        return new StatusReader(desired, arguments(), Levels.of(contract), services(), bucket(clock), clock);
    }

    /** The bucket of the source. */
    Bucket bucket(Clock clock) {
        return new PluginBucket(desired.source(), context, clock);
    }

    /** File of the contract and options for the context, as the commands take them. */
    String arguments() {
        return arguments;
    }

    /** The replay that a plan or an earlier one needs for the rows of earlier files, and the replay that has not ended. */
    List<String> replayAdvice(Plan plan) throws InterruptedException {
        return ReplayAdvice.of(
                plan,
                services().facts().log(desired.contractId(), desired.environment()),
                arguments(),
                bucket(Clock.systemUTC()),
                services().workers());
    }

    /** Has the worker validate both connectors, unless the product has ended. Returns their errors. */
    List<String> validate() throws InterruptedException {
        List<String> errors = new ArrayList<>();
        if (desired.isRetired()) {
            return errors;
        }
        for (Connector connector : desired.connectors()) {
            services().workers().validate(connector).forEach(error -> errors.add(connector.name() + ": " + error));
        }
        return errors;
    }

    @Override
    public void close() {
        open.close();
    }
}
