package dev.peerscope.engine;

/**
 * Who holds a want: a watch or a download. A want exists while at least one holder holds it.
 *
 * @param id
 *            the identity of the watch or download, unique among holders
 * @param mode
 *            what it wants of its blocks
 */
public record WantHolder(String id, WantMode mode) {}
