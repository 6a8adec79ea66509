package dev.peerscope.engine;

import java.util.List;

/**
 * The blocks of one want-have message, or those of them that have not been answered. Kept as sections of the wants, which all peers
 * share; a section becomes a set of this peer's own when some of its blocks are taken out.
 */
final class AskedBlocks {

    private List<WantSection> sections;
    private final AddressSet own;

    /**
     * @param sections
     *            whole sections of the wants
     * @param others
     *            blocks beside these
     */
    AskedBlocks(List<WantSection> sections, AddressSet others) {
        this.sections = List.copyOf(sections);
        this.own = others;
        own.compact();
    }

    AskedBlocks copy() {
        return new AskedBlocks(sections, own.copy());
    }

    boolean isEmpty() {
        return sections.isEmpty() && own.isEmpty();
    }

    void clear() {
        sections = List.of();
        own.clear();
    }

    void removeAll(AddressSet blocks) {
        var cut = sections.stream().filter(section -> section.spans(blocks)).toList();
        if (cut.isEmpty() && !own.intersects(blocks)) {
            return;
        }
        if (!cut.isEmpty()) {
            sections = sections.stream().filter(section -> !cut.contains(section)).toList();
            cut.forEach(section -> own.addAll(section.blocks()));
        }
        own.removeAll(blocks);
        own.compact();
    }

    void addTo(AddressSet blocks) {
        sections.forEach(section -> blocks.addAll(section.blocks()));
        blocks.addAll(own);
    }

    void removeFrom(AddressSet blocks) {
        sections.stream().filter(section -> section.spans(blocks))
                .forEach(section -> blocks.removeAll(section.blocks()));
        blocks.removeAll(own);
    }

    /** Memory that it takes beyond a constant, in bytes, roughly. */
    long ownBytes() {
        return own.bytes();
    }
}
