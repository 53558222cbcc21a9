package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.live.ContractState;
import io.catalogconnect.catalogctl.live.Facts;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The right to change the resources of a contract in an environment. At most one process has it. It ends after ten minutes
 * without a renewal, or when another process of the same machine sees that its holder has ended. Not thread-safe.
 */
public final class Lease {
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration RENEWAL = Duration.ofMinutes(1);

    private final Facts facts;
    private final Clock clock;
    private ContractState state;
    private boolean isReleased;

    /** Work that only the holder of a lease may do. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Lease lease) throws RefusedException, LeaseHeldException, InterruptedException;
    }

    private Lease(Facts facts, Clock clock, ContractState state) {
        this.facts = facts;
        this.clock = clock;
        this.state = state;
    }

    /**
     * Takes the lease.
     *
     * @param before the state that the caller has read
     * @param taken the change of the state
     * @param command name of the command, such as {@code apply}
     * @throws LeaseHeldException if another process has it
     */
    public static Lease take(
            Facts facts,
            Clock clock,
            ContractState before,
            UnaryOperator<ContractState> taken,
            String command,
            Operator operator)
            throws LeaseHeldException, InterruptedException {
        Instant now = clock.instant();
        String holder = Holder.current(command, operator.who()).toString();
        boolean isFree = !isHeld(before, now) || before.holder().equals(holder);
        if (!isFree && !operator.breaksLease()) {
            throw held(before, command);
        }
        ContractState held = taken.apply(before.heldBy(holder, now));
        if (!facts.replace(before, held)) {
            throw held(facts.state(before.contractId(), before.environment()).orElse(before), command);
        }
        return new Lease(facts, clock, held);
    }

    /** True if a process has the lease. It may have been killed on another machine. */
    public static boolean isHeld(ContractState state, Instant now) {
        return !state.holder().isEmpty() && state.since().plus(LENGTH).isAfter(now) && !Holder.hasEnded(state.holder());
    }

    private static LeaseHeldException held(ContractState state, String command) {
        return new LeaseHeldException(
                state.holder().isEmpty()
                        ? "Another process has just changed the contract. Run the command again."
                        : "The contract is in use: " + Holder.shown(state.holder()) + ", since " + state.since()
                                + ". Wait until it has ended. If it was killed, its lease ends at "
                                + state.since().plus(LENGTH) + ". To end it now, run catalogctl " + command
                                + " with --break-lease.");
    }

    /**
     * Does work, and releases the lease if the work has not tried that. A failure of the work is thrown, not that the lease could
     * not be released after it: a lease ends with its process.
     */
    public <T> T during(Work<T> work) throws RefusedException, LeaseHeldException, InterruptedException {
        T result;
        try {
            result = work.run(this);
        } catch (RefusedException | LeaseHeldException | RuntimeException e) {
            releaseAfter(e);
            throw e;
        }
        if (!isReleased) {
            release(UnaryOperator.identity());
        }
        return result;
    }

    /** Releases the lease after a failure, unless that was tried. */
    public void releaseAfter(Exception failure) throws InterruptedException {
        try {
            if (!isReleased) {
                release(UnaryOperator.identity());
            }
        } catch (LiveException | LeaseHeldException hidden) {
            failure.addSuppressed(hidden);
        }
    }

    /** The state with this lease. */
    public ContractState state() {
        return state;
    }

    /**
     * Renews the lease if a minute has passed.
     *
     * @throws LeaseHeldException if another process has taken it
     */
    public void renew() throws LeaseHeldException, InterruptedException {
        if (clock.instant().isAfter(state.since().plus(RENEWAL))) {
            confirm();
        }
    }

    /**
     * Renews the lease.
     *
     * @throws LeaseHeldException if another process has taken it
     */
    public void confirm() throws LeaseHeldException, InterruptedException {
        change(state.heldBy(state.holder(), clock.instant()));
    }

    /**
     * Records that these resources are the contract's, before they are created: a topic carries no mark.
     *
     * @param resources the resources, with the attributes to record
     * @throws LeaseHeldException if another process has taken it
     */
    public void claim(Map<ResourceKey, Map<String, String>> resources) throws LeaseHeldException, InterruptedException {
        Map<ResourceKey, Map<String, String>> claimed = new TreeMap<>(state.resources());
        claimed.putAll(resources);
        change(state.heldBy(state.holder(), clock.instant()).withResources(claimed));
    }

    /**
     * Removes a resource from the facts.
     *
     * @throws LeaseHeldException if another process has taken the lease
     */
    public void forget(ResourceKey resource) throws LeaseHeldException, InterruptedException {
        Map<ResourceKey, Map<String, String>> others = new TreeMap<>(state.resources());
        others.remove(resource);
        change(state.heldBy(state.holder(), clock.instant()).withResources(others));
    }

    /**
     * Changes the facts and releases the lease.
     *
     * @throws LeaseHeldException if another process has taken it
     */
    public void release(UnaryOperator<ContractState> change) throws LeaseHeldException, InterruptedException {
        isReleased = true;
        change(change.apply(state).heldBy("", clock.instant()));
    }

    private void change(ContractState next) throws LeaseHeldException, InterruptedException {
        if (!facts.replace(state, next)) {
            throw new LeaseHeldException("The lease was taken by somebody else. Run the command again.");
        }
        state = next;
    }
}
