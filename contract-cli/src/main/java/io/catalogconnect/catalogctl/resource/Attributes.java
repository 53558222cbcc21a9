package io.catalogconnect.catalogctl.resource;

import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import io.catalogconnect.contract.render.TopicSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The attributes of resources as names and texts, so that all resources are compared and printed in the same way. */
public final class Attributes {
    /** Name prefix of the attribute of a column. */
    public static final String COLUMN = "column ";
    /** Name prefix of the attribute that says whether a column is required. */
    public static final String MODE = "mode of ";
    /** Value of a column that may be null. */
    public static final String NULLABLE = "nullable";
    /** Value of a column that must not be null. */
    public static final String REQUIRED = "required";
    /** Name prefix of the attributes of a history. */
    public static final String HISTORY = "history ";
    /** Attribute of the partitions of a table. */
    public static final String PARTITIONING = "partitioning";
    /** Attribute of the columns by which a table is clustered. */
    public static final String CLUSTERING = "clustering";
    /** Attribute of the partitions of a topic. */
    public static final String PARTITIONS = "partitions";
    /** The attributes of access, which exists or does not. */
    public static final Map<String, String> ACCESS = Map.of("access", "granted");

    /** Attribute of the state of a connector. */
    public static final String STATE = "state";

    private Attributes() {}

    /** The attributes of a topic. The replication factor of an existing topic is not compared. */
    public static Map<String, String> of(TopicSpec topic) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(PARTITIONS, String.valueOf(topic.partitions()));
        attributes.putAll(topic.config());
        return attributes;
    }

    /** The attributes of a table. */
    public static Map<String, String> of(TableSpec table) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(PARTITIONING, partitioning(table));
        attributes.put(CLUSTERING, String.join(", ", table.clustering()));
        attributes.put("partition filter", table.requirePartitionFilter() ? "required" : "not required");
        attributes.put("partition expiration", expiration(table.expirationMillis()));
        attributes.put("description", table.description());
        for (TableColumn column : table.columns()) {
            attributes.put(COLUMN + column.name(), column.type());
            attributes.put(MODE + column.name(), column.required() ? REQUIRED : NULLABLE);
            if (!column.description().isEmpty()) {
                attributes.put("description of " + column.name(), column.description());
            }
            if (!column.policyTag().isEmpty()) {
                attributes.put("policy tag of " + column.name(), column.policyTag());
            }
        }
        table.labels().forEach((key, value) -> attributes.put("label " + key, value));
        return attributes;
    }

    private static String partitioning(TableSpec table) {
        return table.partitionType().equals("none")
                ? "none"
                : "by " + table.partitionType() + " of " + table.partitionField();
    }

    private static String expiration(long millis) {
        if (millis <= 0) {
            return "never";
        }
        Duration life = Duration.ofMillis(millis);
        return life.equals(Duration.ofDays(life.toDays())) ? life.toDays() + " d" : millis + " ms";
    }
}
