package io.catalogconnect.s3csv.assign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Passes each task its share of the lanes in the task's configuration. */
public final class TaskLanes {

    private static final String TASK = "task.number";
    private static final String TASKS = "task.count";

    private TaskLanes() {}

    /** The configurations of the tasks: not more than there are lanes. */
    public static List<Map<String, String>> configurations(Map<String, String> properties, int maxTasks) {
        int tasks = Math.min(maxTasks, LaneAssigner.LANES);
        List<Map<String, String>> configurations = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            Map<String, String> configuration = new HashMap<>(properties);
            configuration.put(TASKS, Integer.toString(tasks));
            configuration.put(TASK, Integer.toString(task));
            configurations.add(configuration);
        }
        return configurations;
    }

    /** The share of the task with this configuration. */
    public static LaneAssigner of(Map<String, String> configuration) {
        return new LaneAssigner(
                Integer.parseInt(configuration.getOrDefault(TASKS, "1")),
                Integer.parseInt(configuration.getOrDefault(TASK, "0")));
    }
}
