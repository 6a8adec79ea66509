package dev.peerscope.transport;

import java.lang.management.ManagementFactory;
import java.util.Optional;

import com.sun.management.UnixOperatingSystemMXBean;

/** Whether the system lets this process open as many files as its connections need; a socket is one. */
public final class OpenFiles {

    /** What the service needs beside connections: its archive and libraries, the history, event loops, and requests over HTTP. */
    static final int OWN = 512;

    private OpenFiles() {}

    /**
     * Looks what the system allows. Where it does not tell, nothing is checked.
     *
     * @throws TooFewOpenFiles
     *             if it allows fewer than are needed
     */
    public static void require(ConnectionBounds bounds) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            refusal(bounds, allowed(system)).ifPresent(sentence -> {
                throw new TooFewOpenFiles(sentence);
            });
        }
    }

    /** What is wrong with so many, if they are too few. */
    static Optional<String> refusal(ConnectionBounds bounds, long allowed) {
        long needed = needed(bounds);
        return needed <= allowed
                ? Optional.empty()
                : Optional.of("peerscope.limits.connections is " + bounds.max() + ", for which " + needed
                        + " open files are needed, and the system allows " + allowed
                        + ": raise that (ulimit -n " + needed + ", or LimitNOFILE=" + needed
                        + " for a systemd service), or set peerscope.limits.connections to "
                        + affordable(bounds, allowed)
                        + " or less");
    }

    private static long allowed(UnixOperatingSystemMXBean system) {
        long most = system.getMaxFileDescriptorCount();
        return most > 0 ? most : Long.MAX_VALUE;
    }

    private static long needed(ConnectionBounds bounds) {
        return (long) bounds.max() + bounds.inboundHandshakes() + OWN;
    }

    private static int affordable(ConnectionBounds bounds, long allowed) {
        int connections = bounds.max();
        while (connections > 1 && needed(bounds.withMax(connections)) > allowed) {
            connections--;
        }
        return connections;
    }
}
