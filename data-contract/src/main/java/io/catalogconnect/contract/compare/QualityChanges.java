package io.catalogconnect.contract.compare;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.QualityCheck;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes of the quality checks of an object or of a column.
 *
 * @param place place of the checks in the new file
 */
record QualityChanges(
        String object, List<QualityCheck> before, List<QualityCheck> after, Place place, ChangeList changes) {
    private static final List<String> SEVERITIES = List.of("info", "warning", "error");

    void add() {
        Map<String, QualityCheck> old = byTitle(before);
        Map<String, QualityCheck> now = byTitle(after);
        old.forEach((title, check) -> {
            if (!now.containsKey(title)) {
                changes.add(Level.MAJOR, place, object, "quality check " + title + " removed");
            }
        });
        now.forEach((title, check) -> {
            QualityCheck earlier = old.get(title);
            if (earlier == null) {
                changes.add(Level.PATCH, check.places().own(), object, "quality check " + title + " added");
            } else {
                compare(title, earlier, check);
            }
        });
    }

    private static Map<String, QualityCheck> byTitle(List<QualityCheck> checks) {
        Map<String, QualityCheck> byTitle = new LinkedHashMap<>();
        for (QualityCheck check : checks) {
            String title = check.title();
            for (int number = 2; byTitle.putIfAbsent(title, check) != null; number++) {
                title = check.title() + " (" + number + ")";
            }
        }
        return byTitle;
    }

    private void compare(String title, QualityCheck old, QualityCheck now) {
        String check = "quality check " + title;
        int rise = SEVERITIES.indexOf(now.severity()) - SEVERITIES.indexOf(old.severity());
        if (rise != 0) {
            changes.add(
                    rise > 0 ? Level.PATCH : Level.MAJOR,
                    now.places().value("severity"),
                    object,
                    ChangeList.changed(check + ": severity", old.severity(), now.severity()));
        }
        if (!old.description().equals(now.description())) {
            changes.add(Level.PATCH, now.places().value("description"), object, check + ": description changed");
        }
        if (!old.definition().equals(now.definition())) {
            changes.add(Level.MAJOR, now.places().own(), object, check + ": measures something else");
        }
        limits(check, old, now);
    }

    private void limits(String check, QualityCheck old, QualityCheck now) {
        if (!old.limits().equals(now.limits())) {
            boolean stricter = old.limits().keySet().equals(now.limits().keySet())
                    && old.limits().entrySet().stream()
                            .allMatch(limit -> isStricter(
                                    limit.getKey(),
                                    limit.getValue(),
                                    now.limits().getOrDefault(limit.getKey(), "")));
            changes.add(
                    stricter ? Level.PATCH : Level.MAJOR,
                    now.places().own(),
                    object,
                    check + (stricter ? ": limit is stricter" : ": limit is less strict or not comparable"));
        }
    }

    private static boolean isStricter(String key, String old, String now) {
        if (old.equals(now)) {
            return true;
        }
        int change;
        try {
            change = new BigDecimal(now).compareTo(new BigDecimal(old));
        } catch (NumberFormatException e) {
            return false; // A range.
        }
        return switch (key) {
            case "mustBeLessThan", "mustBeLessOrEqualTo" -> change <= 0;
            case "mustBeGreaterThan", "mustBeGreaterOrEqualTo" -> change >= 0;
            default -> false;
        };
    }
}
