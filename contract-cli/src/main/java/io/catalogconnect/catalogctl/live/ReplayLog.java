package io.catalogconnect.catalogctl.live;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The replays in the log of a contract. At most one of them is open, because the process that begins one has the lease. */
public final class ReplayLog {
    /** A replay is begun. The plan of the entry is a request that sets the offsets of the files. */
    public static final String BEGUN = "replay begun";
    /** The offsets of a replay are set. */
    public static final String SET = "replay set";
    /** The source runs again. */
    public static final String ENDED = "replayed";
    /** A replay was given up. */
    public static final String ABANDONED = "replay abandoned";

    private ReplayLog() {}

    /**
     * A replay that has not ended.
     *
     * @param number number among the replays of the contract in the environment
     * @param what the files
     * @param offsets request that would have set the offsets when the replay was begun. It names the files; their offsets are
     *     computed again when the source has stopped
     * @param isSet whether the offsets are set, so that the source must only be started
     */
    public record OpenReplay(int number, Instant at, String who, String what, String offsets, boolean isSet) {
        /** Number, files, person and time. */
        @Override
        public String toString() {
            return "replay " + number + " (" + what + "; begun by " + who + " at " + at + ")";
        }
    }

    /** The number of the next replay. */
    public static int next(List<LogEntry> log) {
        return 1
                + (int) log.stream()
                        .filter(entry -> entry.event().equals(BEGUN))
                        .count();
    }

    /**
     * The replay that has not ended.
     *
     * @param log the log in the order of time
     */
    public static Optional<OpenReplay> open(List<LogEntry> log) {
        int number = 0;
        Optional<OpenReplay> open = Optional.empty();
        for (LogEntry entry : log) {
            switch (entry.event()) {
                case BEGUN -> {
                    number++;
                    open = Optional.of(
                            new OpenReplay(number, entry.at(), entry.who(), entry.what(), entry.plan(), false));
                }
                case SET ->
                    open = open.map(replay -> new OpenReplay(
                            replay.number(), replay.at(), replay.who(), replay.what(), replay.offsets(), true));
                case ENDED, ABANDONED -> open = Optional.empty();
                default -> {
                    // An apply or a retirement.
                }
            }
        }
        return open;
    }
}
