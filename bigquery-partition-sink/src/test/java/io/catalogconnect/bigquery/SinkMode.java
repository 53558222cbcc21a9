package io.catalogconnect.bigquery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A way to run the sink, with the permissions that it needs. {@code docs/permissions.md} is generated from these, and
 * {@link SinkPermissionsIT} runs them.
 *
 * @param name the settings, as the page names them
 * @param preparation what exists before the sink starts
 * @param properties the sink's settings
 * @param permissions the permissions of the sink's account
 */
record SinkMode(String name, Preparation preparation, Map<String, String> properties, List<String> permissions) {

    /** What exists before the sink starts. */
    enum Preparation {
        /** No table. */
        NOTHING,
        /** All tables, as an administrator created them. */
        ALL_TABLES,
        /** All tables, without the column {@code comment}. */
        TABLES_WITHOUT_A_COLUMN
    }

    static final String CREATE_JOBS = "bigquery.jobs.create";
    static final String CREATE = "bigquery.tables.create";
    static final String GET = "bigquery.tables.get";
    static final String GET_DATA = "bigquery.tables.getData";
    static final String SET_TAGS = "bigquery.tables.setCategory";
    static final String UPDATE = "bigquery.tables.update";
    static final String UPDATE_DATA = "bigquery.tables.updateData";

    private static final String TAG = "projects/p/locations/us/taxonomies/1/policyTags/2";

    /** The permissions that the write modes need in all cases. */
    static final List<String> AT_LEAST_ONCE = List.of(GET, UPDATE_DATA);

    static final List<String> EXACTLY_ONCE = List.of(GET, UPDATE_DATA, GET_DATA, CREATE_JOBS);
    static final List<String> REPLACE = EXACTLY_ONCE;
    static final List<String> UPSERT = AT_LEAST_ONCE;

    /** Every write mode with every setting that needs more permissions. */
    static List<SinkMode> all() {
        List<SinkMode> modes = new ArrayList<>();
        add(modes, "append at least once", Map.of("delivery.guarantee", "at-least-once"), AT_LEAST_ONCE);
        add(modes, "append exactly once", Map.of(), EXACTLY_ONCE);
        Map<String, String> replace = Map.of("write.mode", "replace", "replace.min.interval.ms", "0");
        add(modes, "replace partitions", replace, REPLACE);
        add(
                modes,
                "replace tables",
                Map.of("write.mode", "replace", "replace.min.interval.ms", "0", "replace.unit", "table"),
                REPLACE);
        Map<String, String> upsert =
                Map.of("write.mode", "upsert", "upsert.key.source", "value", "upsert.key.columns", "brand,category_id");
        modes.add(mode(
                "upsert to existing tables", Preparation.ALL_TABLES, upsert, Map.of("table.create", "false"), UPSERT));
        modes.add(mode(
                "upsert, creating tables with max_staleness",
                Preparation.NOTHING,
                upsert,
                Map.of("upsert.max.staleness.ms", "600000"),
                with(UPSERT, CREATE, UPDATE, CREATE_JOBS)));
        return List.copyOf(modes);
    }

    private static void add(
            List<SinkMode> modes, String name, Map<String, String> properties, List<String> permissions) {
        modes.add(mode(
                name + " to existing tables",
                Preparation.ALL_TABLES,
                properties,
                Map.of("table.create", "false"),
                permissions));
        modes.add(
                mode(name + ", creating tables", Preparation.NOTHING, properties, Map.of(), with(permissions, CREATE)));
        modes.add(mode(
                name + ", adding columns",
                Preparation.TABLES_WITHOUT_A_COLUMN,
                properties,
                Map.of("table.create", "false", "schema.evolution", "add"),
                with(permissions, UPDATE)));
        modes.add(mode(
                name + ", creating tables with policy tags",
                Preparation.NOTHING,
                properties,
                Map.of("column.policy.tags", "brand: " + TAG),
                with(permissions, CREATE, SET_TAGS)));
        modes.add(mode(
                name + ", setting policy tags of existing tables",
                Preparation.ALL_TABLES,
                properties,
                Map.of("table.create", "false", "column.policy.tags", "brand: " + TAG),
                with(permissions, UPDATE, SET_TAGS)));
    }

    private static SinkMode mode(
            String name,
            Preparation preparation,
            Map<String, String> properties,
            Map<String, String> more,
            List<String> permissions) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        return new SinkMode(name, preparation, Map.copyOf(all), permissions);
    }

    private static List<String> with(List<String> permissions, String... more) {
        List<String> all = new ArrayList<>(permissions);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    boolean replaces() {
        return "replace".equals(properties.get("write.mode"));
    }

    boolean upserts() {
        return "upsert".equals(properties.get("write.mode"));
    }

    @Override
    public String toString() {
        return name;
    }
}
