package io.catalogconnect.localbigquery.write;

import io.catalogconnect.localbigquery.store.TableRef;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resource name of a stream, {@code projects/p/datasets/d/tables/t/streams/s}; {@code .../t/_default} also names the default stream.
 *
 * @param partition the partition of a decorator, {@code t$20240131}; empty without one
 */
record StreamName(TableRef table, String stream, Optional<String> partition) {
    StreamName(TableRef table, String stream) {
        this(table, stream, Optional.empty());
    }

    private static final Pattern TABLE = Pattern.compile("projects/([^/]+)/datasets/([^/]+)/tables/([^/]+)");
    private static final Pattern STREAM = Pattern.compile(TABLE.pattern() + "/(?:streams/([^/]+)|(_default))");

    static StreamName parse(String name) {
        Matcher matcher = STREAM.matcher(name);
        if (!matcher.matches()) {
            throw WriteException.invalid("Invalid stream name: '" + name
                    + "'. Expected projects/{project}/datasets/{dataset}/tables/{table}/streams/{stream}.");
        }
        String stream = matcher.group(4) == null ? matcher.group(5) : matcher.group(4);
        String table = matcher.group(3);
        int dollar = table.indexOf('$');
        if (dollar < 0) {
            return new StreamName(new TableRef(matcher.group(1), matcher.group(2), table), stream);
        }
        return new StreamName(
                new TableRef(matcher.group(1), matcher.group(2), table.substring(0, dollar)),
                stream,
                Optional.of(table.substring(dollar + 1)));
    }

    /** The table of a table's or a stream's resource name. */
    static TableRef tableOf(String name) {
        return name.contains("streams/") || name.endsWith("/_default")
                ? parse(name).table()
                : parseTable(name);
    }

    static TableRef parseTable(String name) {
        Matcher matcher = TABLE.matcher(name);
        if (!matcher.matches()) {
            throw WriteException.invalid("Invalid table name: '" + name
                    + "'. Expected projects/{project}/datasets/{dataset}/tables/{table}.");
        }
        return new TableRef(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    boolean isDefault() {
        return stream.equals("_default");
    }

    @Override
    public String toString() {
        return table.path() + partition.map(id -> "$" + id).orElse("") + "/streams/" + stream;
    }
}
