package io.catalogconnect.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds free ports of the loopback interface. They are below the range of ephemeral ports, so that no outgoing connection takes
 * one before its server starts. Not thread-safe.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 500;

    private final RandomGenerator random;
    private final Set<Integer> given = new HashSet<>();

    /** Finds ports in an order that {@code random} decides. */
    public FreePorts(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns a free port, a different one at each call.
     *
     * @param wanted the port to take, or 0 for any
     * @throws IOException if {@code wanted} is taken, or no free port is found
     */
    public int take(int wanted) throws IOException {
        if (wanted != 0) {
            if (!isFree(wanted)) {
                throw new IOException("Port " + wanted + " of 127.0.0.1 is in use. Stop what listens there, or name"
                        + " another port (./pipeline help up)");
            }
            return wanted;
        }
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        throw new IOException("Found no free port between " + LOWEST + " and " + HIGHEST + " in " + TRIES + " tries");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
