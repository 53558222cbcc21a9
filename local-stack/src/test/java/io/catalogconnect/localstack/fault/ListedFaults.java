package io.catalogconnect.localstack.fault;

import java.util.List;

/** Every fault of docs/local-bigquery.md that passes; what is done at a take-over breaks together with a stream that is lost. */
final class ListedFaults {
    private static final String LOST = "{\"effect\":\"LOSE_STREAM\",\"method\":\"AppendRows\",\"skip\":1}";

    static final List<List<String>> ALL = List.of(
            List.of("{\"effect\":\"ERROR\",\"code\":\"UNAVAILABLE\",\"method\":\"AppendRows\",\"skip\":1,\"count\":3}"),
            List.of("{\"effect\":\"ERROR\",\"code\":\"ABORTED\",\"method\":\"AppendRows\",\"skip\":1,\"count\":3}"),
            List.of("{\"effect\":\"ERROR\",\"code\":\"INTERNAL\",\"method\":\"AppendRows\",\"skip\":1,\"count\":3}"),
            List.of("{\"effect\":\"ERROR\",\"code\":\"RESOURCE_EXHAUSTED\",\"method\":\"AppendRows\",\"count\":3}"),
            List.of("{\"effect\":\"DROP_ANSWER\",\"method\":\"AppendRows\",\"skip\":1,\"count\":4}"),
            List.of("{\"effect\":\"DROP_REQUEST\",\"method\":\"AppendRows\",\"skip\":1,\"count\":4}"),
            List.of("{\"effect\":\"DELAY\",\"method\":\"AppendRows\",\"durationMs\":300,\"count\":4}"),
            List.of("{\"effect\":\"HANG\",\"method\":\"AppendRows\",\"skip\":1}"),
            List.of(LOST),
            List.of(LOST, "{\"effect\":\"DROP_ANSWER\",\"method\":\"CreateWriteStream\"}"),
            List.of(
                    LOST,
                    "{\"effect\":\"ERROR\",\"code\":\"UNAVAILABLE\",\"method\":\"CreateWriteStream\",\"count\":2}"),
            List.of(LOST, "{\"effect\":\"DROP_ANSWER\",\"method\":\"FinalizeWriteStream\"}"),
            List.of(LOST, "{\"effect\":\"HANG\",\"method\":\"FinalizeWriteStream\"}"),
            List.of(LOST, "{\"effect\":\"DROP_ANSWER\",\"method\":\"POST\",\"count\":3}"),
            List.of(LOST, "{\"effect\":\"DROP_REQUEST\",\"method\":\"POST\",\"count\":3}"),
            List.of(LOST, "{\"effect\":\"ERROR\",\"code\":\"UNAVAILABLE\",\"method\":\"POST\",\"count\":3}"),
            List.of(LOST, "{\"effect\":\"ERROR\",\"code\":\"RESOURCE_EXHAUSTED\",\"method\":\"POST\",\"count\":3}"),
            // Enough errors that the stream is abandoned while its rows are not visible yet.
            List.of(
                    "{\"effect\":\"LATE_VISIBILITY\",\"method\":\"AppendRows\",\"durationMs\":2000,\"count\":3}",
                    "{\"effect\":\"ERROR\",\"code\":\"ABORTED\",\"method\":\"AppendRows\",\"count\":40}"));

    /** The faults of appends, which also occur on default streams. */
    static final List<List<String>> OF_APPENDS = ALL.stream()
            .filter(rules -> rules.size() == 1 && !rules.contains(LOST))
            .toList();

    private ListedFaults() {}
}
