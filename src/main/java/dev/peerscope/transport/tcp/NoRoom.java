package dev.peerscope.transport.tcp;

import dev.peerscope.limit.LimitName;

/**
 * Why a socket does not become a connection although nothing is wrong with it.
 *
 * @param met
 *            the bound that does not allow it
 * @param reason
 *            the same as a sentence
 */
record NoRoom(LimitName met, String reason) {}
