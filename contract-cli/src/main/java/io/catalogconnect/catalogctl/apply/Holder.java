package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.toolkit.process.ProcessIdentity;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holder of a lease: a process.
 *
 * @param who the command, and the person or job that runs it
 * @param host name of the machine
 */
public record Holder(String who, String host, ProcessIdentity process) {
    private static final Pattern FORM = Pattern.compile("(.*)@([^@ ]+) (process (\\d+) started \\d+)");

    /**
     * This process.
     *
     * @param command name of the command, such as {@code apply}
     */
    public static Holder current(String command, String who) {
        return new Holder("catalogctl " + command + " by " + who, localHost(), ProcessIdentity.current());
    }

    /** True if the text of a holder names a process of this machine that has ended. */
    public static boolean hasEnded(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                && parts.group(2).equals(localHost())
                && ProcessIdentity.parse(parts.group(3))
                        .filter(ProcessIdentity::hasEnded)
                        .isPresent();
    }

    /** The holder for people: without the start of the process. */
    public static String shown(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? parts.group(1) + " on " + parts.group(2) + ", process " + parts.group(4) : text;
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
        return who + "@" + host + " " + process;
    }
}
