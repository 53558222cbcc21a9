package io.catalogconnect.catalogctl.apply;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holder of a lease: a process.
 *
 * @param who the command, and the person or job that runs it
 * @param host name of the machine
 * @param process ID of the process
 * @param started start of the process in milliseconds since 1970, because IDs are used again
 */
public record Holder(String who, String host, long process, long started) {
    private static final Pattern FORM = Pattern.compile("(.*)@([^@ ]+) process (\\d+) started (\\d+)");

    /**
     * This process.
     *
     * @param command name of the command, such as {@code apply}
     */
    public static Holder current(String command, String who) {
        ProcessHandle process = ProcessHandle.current();
        return new Holder("catalogctl " + command + " by " + who, localHost(), process.pid(), startOf(process));
    }

    /** True if the text of a holder names a process of this machine that has ended. */
    public static boolean hasEnded(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                && parts.group(2).equals(localHost())
                && ProcessHandle.of(Long.parseLong(parts.group(3)))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> startOf(process) == Long.parseLong(parts.group(4)))
                        .isEmpty();
    }

    /** The holder for people: without the start of the process. */
    public static String shown(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? parts.group(1) + " on " + parts.group(2) + ", process " + parts.group(3) : text;
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public String toString() {
        return who + "@" + host + " process " + process + " started " + started;
    }
}
