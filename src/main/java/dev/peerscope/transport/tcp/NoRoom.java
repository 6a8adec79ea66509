package dev.peerscope.transport.tcp;

import dev.peerscope.limit.LimitName;
import dev.peerscope.transport.RefusalKind;

/**
 * Why a socket does not become a connection, or a connection ends, although nothing is wrong with it. Sent through the pipeline of a
 * channel that has to go.
 *
 * @param met
 *            the bound that does not allow it
 * @param reason
 *            the same as a sentence
 */
record NoRoom(LimitName met, String reason) {

    /** What it is for who hears of the refusal. */
    RefusalKind kind() {
        return met == LimitName.ADDRESS_SHARE ? RefusalKind.ADDRESS_SHARE : RefusalKind.LIMIT_MET;
    }
}
