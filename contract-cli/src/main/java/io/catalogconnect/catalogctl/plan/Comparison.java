package io.catalogconnect.catalogctl.plan;

import io.catalogconnect.catalogctl.resource.Attributes;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TableSpec.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Compares the attributes of a resource. */
final class Comparison {
    private Comparison() {}

    /**
     * The attributes that differ, in the order of the contract.
     *
     * @param applied attributes that were applied last
     * @param wholly whether attributes that only the service has are differences too
     */
    static List<Difference> differences(
            Map<String, String> wanted, Map<String, String> live, Map<String, String> applied, boolean wholly) {
        List<Difference> differences = new ArrayList<>();
        wanted.forEach((attribute, value) -> {
            String present = live.getOrDefault(attribute, "");
            if (!value.equals(present) && !isWider(attribute, present, value) && !isKept(attribute, present, value)) {
                differences.add(new Difference(attribute, value, present, value.equals(applied.get(attribute))));
            }
        });
        if (wholly) {
            for (String attribute : new TreeSet<>(live.keySet())) {
                if (!wanted.containsKey(attribute)) {
                    boolean isDrift = !applied.isEmpty() && !applied.containsKey(attribute);
                    differences.add(new Difference(attribute, "", live.getOrDefault(attribute, ""), isDrift));
                }
            }
        }
        return differences;
    }

    /** True for a column without digits, such as NUMERIC for NUMERIC(12,2): BigQuery cannot add digits later. */
    private static boolean isWider(String attribute, String live, String wanted) {
        return attribute.startsWith(Attributes.COLUMN) && !live.isEmpty() && wanted.startsWith(live + "(");
    }

    /** True for the mode of a new column, and for a nullable column: BigQuery cannot make it required later. */
    private static boolean isKept(String attribute, String live, String wanted) {
        return attribute.startsWith(Attributes.MODE) && (live.isEmpty() || wanted.equals(Attributes.REQUIRED));
    }

    /** The columns that a history lacks, and those that it requires and the contract does not. */
    static List<Difference> ofHistory(TableSpec wanted, TableSpec live) {
        List<Difference> differences = new ArrayList<>();
        for (TableColumn column : wanted.columns()) {
            Optional<TableColumn> existing = live.columns().stream()
                    .filter(other -> other.name().equalsIgnoreCase(column.name()))
                    .findFirst();
            if (existing.isEmpty()) {
                String attribute = Attributes.HISTORY + Attributes.COLUMN + column.name();
                differences.add(new Difference(attribute, column.type(), "", false));
            } else if (existing.get().required() && !column.required()) {
                String attribute = Attributes.HISTORY + Attributes.MODE + column.name();
                differences.add(new Difference(attribute, Attributes.NULLABLE, Attributes.REQUIRED, false));
            }
        }
        return differences;
    }

    /** The reason why a difference of a resource cannot be applied; empty if it can. */
    static String refusal(String resource, Difference difference) {
        String attribute = difference.attribute();
        if (attribute.equals(Attributes.PARTITIONS)) {
            return "it has " + difference.live() + " partitions, and the contract says " + difference.wanted()
                    + ". The partition of a key would change, so catalogctl does not change it. Write "
                    + difference.live() + " in the contract, or give the topic another name.";
        }
        if (attribute.equals(Attributes.PARTITIONING)) {
            return "it is partitioned " + difference.live() + ", and the contract says " + difference.wanted()
                    + ". BigQuery cannot change it. Give the table another name.";
        }
        if (attribute.equals(Attributes.CLUSTERING) && difference.wanted().isEmpty()) {
            return "it is clustered by " + difference.live() + ", and the contract has no clustering. BigQuery's client"
                    + " for Java cannot remove it. Run bq update --clustering_fields= PROJECT:DATASET." + resource
                    + ", or write the clustering in the contract.";
        }
        if (attribute.startsWith(Attributes.COLUMN) && !difference.live().isEmpty()) {
            return attribute + " is " + difference.live() + ", and the contract says " + difference.wanted()
                    + ". catalogctl does not change types. Give the column or the table another name.";
        }
        return "";
    }
}
