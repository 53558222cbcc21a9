package io.catalogconnect.dryrun.inspect;

import io.catalogconnect.s3csv.record.ColumnParser;
import io.catalogconnect.s3csv.record.ColumnType;
import java.util.List;
import java.util.stream.Stream;

/**
 * A type that the cells of a column may have. The order of {@link #ALL} is the order of preference among types that accept the
 * same cells.
 *
 * @param type as the source reads it
 * @param kind what the type is for
 */
record CandidateType(ColumnType type, Kind kind) {

    /** What a type is for. */
    enum Kind {
        /** A date of eight digits, which is also a number. */
        COMPACT_DATE,
        INTEGER,
        NUMBER,
        TIME
    }

    /** All types but string and boolean. */
    static final List<CandidateType> ALL = Stream.of(
                    of(Kind.COMPACT_DATE, "date(yyyyMMdd)"),
                    of(Kind.INTEGER, "int64"),
                    of(Kind.NUMBER, "decimal(38,9)"),
                    of(Kind.NUMBER, "float64"),
                    of(Kind.INTEGER, "int64(en-US)", "int64(de-DE)", "int64(fr-FR)"),
                    of(Kind.NUMBER, "decimal(38,9;en-US)", "decimal(38,9;de-DE)", "decimal(38,9;fr-FR)"),
                    of(Kind.NUMBER, "decimal(38,9;de-CH)", "decimal(38,9;en-US;$;£;€)", "decimal(38,9;de-DE;€)"),
                    of(Kind.NUMBER, "decimal(38,9;fr-FR;€)"),
                    of(Kind.TIME, "date", "date(dd.MM.yyyy)", "date(d.M.yyyy)", "date(dd/MM/yyyy)", "date(d/M/yyyy)"),
                    of(Kind.TIME, "date(MM/dd/yyyy)", "date(M/d/yyyy)", "date(yyyy/MM/dd)", "date(dd-MM-yyyy)"),
                    of(Kind.TIME, "date(dd-MMM-yyyy)", "date(d MMM yyyy)", "timestamp"),
                    of(Kind.TIME, "timestamp(dd.MM.yyyy HH:mm:ss)", "timestamp(dd.MM.yyyy HH:mm)"),
                    of(Kind.TIME, "timestamp(dd/MM/yyyy HH:mm:ss)", "timestamp(dd/MM/yyyy HH:mm)"),
                    of(Kind.TIME, "timestamp(MM/dd/yyyy HH:mm:ss)", "timestamp(MM/dd/yyyy HH:mm)"),
                    of(Kind.TIME, "timestamp(yyyy/MM/dd HH:mm:ss)", "timestamp(yyyy/MM/dd HH:mm)"))
            .flatMap(List::stream)
            .toList();

    private static List<CandidateType> of(Kind kind, String... declarations) {
        return Stream.of(declarations)
                .map(declaration -> new CandidateType(type(declaration), kind))
                .toList();
    }

    /** The type of a declaration. */
    static ColumnType type(String declaration) {
        return ColumnParser.parse("column:" + declaration).get(0).type();
    }
}
