package io.catalogconnect.toolkit.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of this machine. Its text can be written to a file or a table, to find out later whether the process has ended.
 *
 * @param id ID of the process
 * @param started start of the process in milliseconds since 1970, because IDs are used again; 0 if the system does not say it
 */
public record ProcessIdentity(long id, long started) {
    /** The system derives the start from its clock, which may be adjusted while the process runs. */
    private static final long CLOCK_ADJUSTMENT = Duration.ofMinutes(1).toMillis();

    private static final Pattern FORM = Pattern.compile("process (\\d{1,18}) started (\\d{1,18})");

    /** This process. */
    public static ProcessIdentity current() {
        ProcessHandle process = ProcessHandle.current();
        return new ProcessIdentity(process.pid(), startOf(process));
    }

    /** Reads the text of a process; empty if it is another text. */
    public static Optional<ProcessIdentity> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new ProcessIdentity(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** True if no process has this ID, or a later one has it. */
    public boolean hasEnded() {
        return ProcessHandle.of(id)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startOf(process) - started) <= CLOCK_ADJUSTMENT)
                .isEmpty();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public String toString() {
        return "process " + id + " started " + started;
    }
}
