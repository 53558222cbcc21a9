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
        CREATE('+', "created"),
        /** The contract has changed. */
        CHANGE('~', "changed"),
        /** The service was changed outside of the contract. */
        DRIFT('?', "restored"),
        /** The resource exists and belongs to no contract. */
        ADOPT('=', "adopted"),
        /** The resource cannot be changed, or is not the contract's. */
        REFUSE('!', "refused");

        private final char symbol;
        private final String past;

        Action(char symbol, String past) {
            this.symbol = symbol;
            this.past = past;
        }

        /** The action in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The word for a change that was made. */
        public String past() {
            return past;
        }

        /** The symbol at the start of a line. */
        public char symbol() {
            return symbol;
        }
    }
}
