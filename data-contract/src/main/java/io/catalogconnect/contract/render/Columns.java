package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Column.Origin;
import io.catalogconnect.contract.model.ColumnKind;
import io.catalogconnect.contract.model.DataObject;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of an object in the notations of the connectors. */
public final class Columns {
    private Columns() {}

    /** The key {@code columns} of the source. */
    static String source(DataObject object) {
        return object.fileColumns().stream()
                .map(column -> declaration(column, kind -> kind.sourceWith(column.parse())))
                .collect(Collectors.joining(","));
    }

    /** The key {@code fields} of a transformation: all fields of the record's value. */
    public static String fields(DataObject object) {
        return object.columns().stream()
                .filter(column -> column.origin() != Origin.HEADER)
                .map(column -> declaration(column, ColumnKind::field))
                .collect(Collectors.joining(","));
    }

    /** The key {@code header.columns} of the sink; empty for none. */
    static String headers(DataObject object) {
        return object.columns().stream()
                .filter(column -> column.origin() == Origin.HEADER)
                .map(column -> column.header() + ":" + column.name() + ":"
                        + kind(column).source())
                .collect(Collectors.joining(","));
    }

    private static String declaration(Column column, Function<ColumnKind, String> notation) {
        return column.name() + ":" + notation.apply(kind(column)) + (column.required() ? "" : "?");
    }

    private static ColumnKind kind(Column column) {
        ColumnKind kind = column.kind();
        if (kind == null) {
            throw new IllegalStateException("Column " + column.name() + " has no valid type; lint the contract first");
        }
        return kind;
    }
}
