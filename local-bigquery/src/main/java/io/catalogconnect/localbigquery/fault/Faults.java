package io.catalogconnect.localbigquery.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The active fault rules. A call uses the first rule that matches it and decrements the rule's count; a rule with count zero is removed.
 * Thread-safe.
 */
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();
    private final List<Consumer<FaultRule>> listeners = new CopyOnWriteArrayList<>();

    private static final class Armed {
        private FaultRule rule;

        Armed(FaultRule rule) {
            this.rule = rule;
        }
    }

    /** Adds a rule after the active ones. */
    public void add(FaultRule rule) {
        if (rule.effect() != Effect.SLOW_SCHEMA) {
            synchronized (this) {
                armed.add(new Armed(rule));
            }
        }
        listeners.forEach(listener -> listener.accept(rule));
    }

    /** Registers a listener for every rule that is added later, for effects that start without a call. */
    public void onAdd(Consumer<FaultRule> listener) {
        listeners.add(listener);
    }

    /** Removes all rules. */
    public synchronized void clear() {
        armed.clear();
    }

    /** The active rules with their remaining counts. */
    public synchronized List<FaultRule> rules() {
        return armed.stream().map(entry -> entry.rule).toList();
    }

    /** Returns whether an active rule matches on the body of a call. */
    synchronized boolean lookAtBodies() {
        return armed.stream().anyMatch(entry -> !entry.rule.body().isEmpty());
    }

    /** Finds and uses the rule for a call without a body. */
    public Optional<FaultRule> next(String method, String resource, Set<Effect> possible) {
        return next(method, resource, "", possible);
    }

    /**
     * Finds and uses the rule for a call.
     *
     * @param method the method, as in {@link FaultRule#method()}
     * @param resource the path of the call
     * @param body the decompressed body; empty if no rule matches on bodies
     * @param possible the effects that this call supports; rules with other effects are ignored
     */
    public synchronized Optional<FaultRule> next(String method, String resource, String body, Set<Effect> possible) {
        for (int i = 0; i < armed.size(); i++) {
            Armed entry = armed.get(i);
            FaultRule rule = entry.rule;
            if (!possible.contains(rule.effect()) || !rule.matches(method, resource, body)) {
                continue;
            }
            if (rule.skip() > 0) {
                entry.rule = rule.after(rule.skip() - 1);
                continue;
            }
            if (rule.count() == 1) {
                armed.remove(i);
            } else {
                entry.rule = rule.times(rule.count() - 1);
            }
            return Optional.of(rule);
        }
        return Optional.empty();
    }
}
