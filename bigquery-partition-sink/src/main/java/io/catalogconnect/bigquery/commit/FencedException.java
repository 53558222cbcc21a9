package io.catalogconnect.bigquery.commit;

/** Another task or another connector owns the lane; this task must not write to it. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private FencedException(LaneKey lane, String message) {
        super(lane + ": " + message);
    }

    /** The lane was taken over from this task. */
    static FencedException takenOver(LaneKey lane, Registration current) {
        boolean byConnector = current.belongsToOther(lane.connector());
        return new FencedException(
                lane,
                "fenced by " + (byConnector ? "connector " + current.connector() : "a newer task") + ", which writes "
                        + describe(current) + ". Nothing is lost or doubled; "
                        + (byConnector
                                ? "delete this connector if " + current.connector() + " replaces it."
                                : "restart this task if it is the one that should run."));
    }

    /** Another connector owns the lane, and {@code other.connectors=fail}. */
    static FencedException ownedByOther(LaneKey lane, Registration current) {
        return new FencedException(
                lane,
                "connector " + current.connector() + " owns this lane and writes " + describe(current)
                        + ". Two connectors would write its rows twice. If " + lane.connector() + " replaces "
                        + current.connector()
                        + ", set other.connectors=fence; otherwise send the topic to another table.");
    }

    /** The connector that owns the lane has fenced this one, which must not fence it in return. */
    static FencedException fencedBefore(LaneKey lane, Registration current) {
        return new FencedException(
                lane,
                "connector " + current.connector() + " replaced this connector and writes " + describe(current)
                        + ". Delete this connector. To return to it, stop " + current.connector()
                        + ", and set the connector to '" + lane.connector() + "' in the rows of " + current.connector()
                        + " in the registry table.");
    }

    private static String describe(Registration current) {
        return "stream " + current.stream() + " in epoch " + current.epoch();
    }
}
