package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.resource.ResourceKey;
import java.util.List;
import java.util.Locale;

/**
 * A resource that differs from the contract.
 *
 * @param summary short description of a new resource, or the reason of a refusal
 * @param differences empty for a new resource
 */
public record Change(Action action, ResourceKey resource, String summary, List<Difference> differences) {
    public Change {
        differences = List.copyOf(differences);
    }

    /** The effect of an apply on a resource. */
    public enum Action {
        /** The resource does not exist. */
        CREATE('+'),
        /** The contract has changed. */
        CHANGE('~'),
        /** The service was changed outside of the contract. */
        DRIFT('?'),
        /** The resource exists and belongs to no contract. */
        ADOPT('='),
        /** The resource cannot be changed, or is not the contract's. */
        REFUSE('!');

        private final char symbol;

        Action(char symbol) {
            this.symbol = symbol;
        }

        /** The action in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The symbol at the start of a line. */
        public char symbol() {
            return symbol;
        }
    }
}
