package io.catalogconnect.catalogctl.doctor;

import io.catalogconnect.catalogctl.live.Topics;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.TopicSpec;
import java.util.List;
import java.util.Map;

/** Topics that are missing. */
record TopicChecks(Desired desired, Topics topics) implements Checks {
    @Override
    public void run(List<Diagnosis> found) throws InterruptedException {
        List<String> names = desired.topics().stream().map(TopicSpec::name).toList();
        Map<String, TopicSpec> existing = topics.find(names);
        List<String> missing =
                names.stream().filter(name -> !existing.containsKey(name)).toList();
        missing.forEach(name ->
                found.add(Diagnosis.failure("The topic " + name + " does not exist.", "Run catalogctl apply.")));
        if (missing.isEmpty()) {
            found.add(Diagnosis.ok("All " + names.size() + " topics exist."));
        }
    }
}
