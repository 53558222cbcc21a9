package io.catalogconnect.bigquery.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Configured policy tags of columns, which BigQuery uses for access control.
 *
 * @param byColumn resource name of the tag by column, {@code outer.inner} inside a struct; an empty name removes the tag
 */
public record PolicyTags(Map<String, String> byColumn) {

    public PolicyTags {
        byColumn = Map.copyOf(byColumn);
    }

    /** The columns with their configured tags; the tags of other columns are unchanged. */
    public List<Column> apply(List<Column> columns) {
        return byColumn.isEmpty() ? columns : apply(columns, "");
    }

    private List<Column> apply(List<Column> columns, String path) {
        List<Column> tagged = new ArrayList<>(columns.size());
        for (Column column : columns) {
            String name = path + column.name();
            Column result = column.fields().isEmpty() ? column : column.withFields(apply(column.fields(), name + "."));
            String tag = byColumn.get(name);
            tagged.add(tag == null ? result : result.withPolicyTag(Optional.of(tag)));
        }
        return tagged;
    }

    /** The columns of a table without their tags. */
    public static List<Column> without(List<Column> columns) {
        return columns.stream()
                .map(column -> column.fields().isEmpty() ? column : column.withFields(without(column.fields())))
                .map(column -> column.withPolicyTag(Optional.empty()))
                .toList();
    }

    /** The columns, each with the tag that the column of the same name has in another table, if that one has a tag. */
    public static List<Column> copied(List<Column> columns, List<Column> from) {
        return columns.stream().map(column -> copied(column, from)).toList();
    }

    private static Column copied(Column column, List<Column> from) {
        Optional<Column> other =
                from.stream().filter(same -> same.key().equals(column.key())).findFirst();
        if (other.isEmpty()) {
            return column;
        }
        Column result = column.fields().isEmpty()
                ? column
                : column.withFields(copied(column.fields(), other.get().fields()));
        return other.get().policyTag().isPresent()
                ? result.withPolicyTag(other.get().policyTag())
                : result;
    }
}
