package io.catalogconnect.localbigquery.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The rules in force. A call takes the first rule that matches it, and uses up one of its times; a rule that is used up is gone.
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

    /** Puts a rule after those in force. */
    public void add(FaultRule rule) {
        if (rule.effect() != Effect.SLOW_SCHEMA) {
            synchronized (this) {
                armed.add(new Armed(rule));
            }
        }
        listeners.forEach(listener -> listener.accept(rule));
    }

    /** Tells every rule that is added from now on, for effects that begin without a call. */
    public void onAdd(Consumer<FaultRule> listener) {
        listeners.add(listener);
    }

    /** Takes all rules back. */
    public synchronized void clear() {
        armed.clear();
    }

    /** What is in force, with the times that are left. */
    public synchronized List<FaultRule> rules() {
        return armed.stream().map(entry -> entry.rule).toList();
    }

    /** Whether a rule in force asks for a part of a body. */
    synchronized boolean lookAtBodies() {
        return armed.stream().anyMatch(entry -> !entry.rule.body().isEmpty());
    }

    /** What is to happen to a call that has no body of interest; as the other. */
    public Optional<FaultRule> next(String method, String resource, Set<Effect> possible) {
        return next(method, resource, "", possible);
    }

    /**
     * What is to happen to a call that is being made.
     *
     * @param method as {@link FaultRule#method()}
     * @param resource the path that the call names
     * @param body its body, unpacked; empty where nobody looks at it
     * @param possible effects that make sense for it; rules with others wait for another call
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
