package dev.peerscope.transport;

import java.util.Locale;

/** Why a connection ended before it was connected: a closed set, to count by. */
public enum RefusalKind {
    /** The name does not resolve, or nobody answers at the address. */
    UNREACHABLE,
    /** The step took longer than it may. */
    TIMEOUT,
    /** The remote closed the connection, or it broke. */
    CONNECTION_LOST,
    /** The remote sent what the step's protocol does not allow. */
    PROTOCOL_VIOLATION,
    /** The remote's key or signature does not hold. */
    IDENTITY_INVALID,
    /** The remote proved to be another peer than the expected one. */
    WRONG_PEER,
    /** The remote is ourselves. */
    OURSELVES,
    /** No security protocol or muxer is spoken by both sides. */
    NO_COMMON_PROTOCOL,
    /** There are as many connections as there may be, in all or with this peer. */
    LIMIT_MET,
    /** There are as many connections from the remote's address as one address may have. */
    ADDRESS_SHARE,
    /** The host is closing. */
    HOST_STOPPED;

    /** Its name in the API and in metrics: lower case with hyphens. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
