package dev.peerscope.limit;

/**
 * A limit, and how near we are to it.
 *
 * @param setting
 *            what it allows, in the unit that the limit's name tells
 * @param used
 *            present use; for a limit on each peer, that of the peer that uses most
 * @param met
 *            records, entries or attempts that it has turned away since the start
 */
public record LimitUse(LimitName limit, long setting, long used, long met) {}
