package dev.peerscope.node;

import dev.peerscope.limit.LimitName;

/**
 * A bound, and how near we are to it.
 *
 * @param setting
 *            the bound, in the unit that the limit's name tells
 * @param used
 *            present use; for a bound on each peer, that of the peer that uses most
 */
public record LimitUse(LimitName limit, long setting, long used) {}
