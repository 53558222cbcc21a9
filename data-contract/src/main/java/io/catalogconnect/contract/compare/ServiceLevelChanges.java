package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.model.TimeSpan;
import java.math.BigDecimal;
import java.util.Optional;

/** Changes of the service levels. */
record ServiceLevelChanges(Contract before, Contract after, ChangeList changes) {

    void add() {
        for (ServiceLevel old : before.serviceLevels()) {
            if (after.serviceLevel(old.property()).isEmpty()) {
                changes.add(
                        Level.MAJOR,
                        after.places().value("slaProperties"),
                        "service level " + old.property() + " removed");
            }
        }
        for (ServiceLevel now : after.serviceLevels()) {
            Optional<ServiceLevel> old = before.serviceLevel(now.property());
            if (old.isPresent()) {
                compare(old.get(), now);
            } else {
                changes.add(Level.PATCH, now.places().own(), "service level " + now.property() + " added");
            }
        }
    }

    private void compare(ServiceLevel old, ServiceLevel now) {
        String what = "service level " + now.property();
        Place place = now.places().value("value");
        if (!old.description().equals(now.description())) {
            changes.add(Level.PATCH, now.places().value("description"), what + ": description changed");
        }
        if (text(old).equals(text(now))) {
            return;
        }
        String change = ChangeList.changed(what, text(old), text(now));
        boolean worse = direction(old, now) > 0;
        if (!now.property().equals("retention")) {
            changes.add(worse ? Level.MAJOR : Level.PATCH, place, change);
        } else if (worse) {
            changes.add(Level.MAJOR, Consent.DELETION, place, "", change + "; older rows are deleted");
        } else {
            changes.add(Level.MINOR, place, change);
        }
    }

    private static String text(ServiceLevel level) {
        return (level.value() + " " + level.unit()).strip();
    }

    /** Positive if the promise becomes worse, or if the two cannot be compared. */
    private static int direction(ServiceLevel old, ServiceLevel now) {
        Optional<TimeSpan> before = old.span();
        Optional<TimeSpan> after = now.span();
        return switch (now.property()) {
            case "retention" ->
                before.isEmpty() || after.isEmpty()
                        ? 1
                        : before.get().duration().compareTo(after.get().duration());
            case "latency", "frequency" ->
                before.isEmpty() || after.isEmpty()
                        ? 1
                        : after.get().duration().compareTo(before.get().duration());
            case "timeOfAvailability" ->
                old.unit().equals(now.unit()) ? now.value().compareTo(old.value()) : 1;
            case "errorRate" -> rate(now).compareTo(rate(old));
            default -> 1;
        };
    }

    private static BigDecimal rate(ServiceLevel level) {
        try {
            return new BigDecimal(level.value());
        } catch (NumberFormatException e) {
            return BigDecimal.ONE;
        }
    }
}
