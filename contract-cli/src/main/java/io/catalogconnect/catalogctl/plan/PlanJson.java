package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.resource.Ownership;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.compare.Consent;
import io.catalogconnect.contract.report.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan as JSON. Values of secrets are hidden unless they are placeholders. */
public final class PlanJson {
    private PlanJson() {}

    /** The JSON text. */
    public static String of(Plan plan) {
        return JsonText.of(values(plan));
    }

    /** The values in their order. */
    public static Map<String, Object> values(Plan plan) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("contract", plan.desired().name());
        values.put("contractId", plan.desired().contractId());
        values.put("environment", plan.desired().environment());
        values.put("fromVersion", plan.fromVersion());
        values.put("toVersion", plan.desired().version());
        values.put("contractDigest", Ownership.digest(plan.desired().text()));
        List<Object> changes = new ArrayList<>();
        plan.changes().forEach(change -> changes.add(change(change)));
        values.put("changes", changes);
        values.put("orphans", plan.orphans().stream().map(ResourceKey::toString).toList());
        values.put("versionChanges", plan.versions().lines());
        values.put("refusal", plan.refusal(Set.of(Consent.values())).orElse(""));
        values.put("notes", plan.notes());
        return values;
    }

    private static Map<String, Object> change(Change change) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("action", change.action().word());
        values.put("kind", change.resource().kind().word());
        values.put("name", change.resource().name());
        values.put("summary", change.summary());
        List<Object> differences = new ArrayList<>();
        for (Difference difference : change.differences()) {
            Map<String, Object> attribute = new LinkedHashMap<>();
            attribute.put("attribute", difference.attribute());
            attribute.put("wanted", PlanText.shown(difference.attribute(), difference.wanted()));
            attribute.put("live", PlanText.shown(difference.attribute(), difference.live()));
            attribute.put("drift", difference.isDrift());
            differences.add(attribute);
        }
        values.put("differences", differences);
        return values;
    }
}
