package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import java.util.List;

/**
 * A difference between two versions of a contract.
 *
 * @param consent what a person must agree to before the change is applied
 * @param place place in the new file; for a removed part, the place of the part that contained it
 * @param objects names of the objects that change; empty if the change is about the whole product
 * @param text such as "column image removed"
 */
public record ContractChange(Level level, Consent consent, Place place, List<String> objects, String text) {
    public ContractChange {
        objects = List.copyOf(objects);
    }

    /** The objects and the text. */
    public String message() {
        return objects.isEmpty() ? text : String.join(", ", objects) + ": " + text;
    }
}
