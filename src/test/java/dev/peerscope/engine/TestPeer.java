package dev.peerscope.engine;

import java.nio.charset.StandardCharsets;

import dev.peerscope.peer.PeerId;

/** A peer with a name, as a test tells of it. */
final class TestPeer {

    private static final int IDENTITY = 0;

    private final TestNode node;
    private final String name;
    private final PeerId id;
    private long session;

    TestPeer(TestNode node, String name) {
        this.node = node;
        this.name = name;
        this.id = idOf(name);
    }

    static PeerId idOf(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] multihash = new byte[2 + text.length];
        multihash[0] = IDENTITY;
        multihash[1] = (byte) text.length;
        System.arraycopy(text, 0, multihash, 2, text.length);
        return PeerId.decode(multihash);
    }

    /** The peer says that it has these. */
    TestPeer has(String letters) {
        node.receives(this, Sentence.have(letters));
        return this;
    }

    /** The peer says that it has these at a price. */
    TestPeer has(String letters, long price) {
        node.receives(this, Sentence.have(letters, price));
        return this;
    }

    /** The peer says that it does not have these. */
    TestPeer denies(String letters) {
        node.receives(this, Sentence.dontHave(letters));
        return this;
    }

    /** The peer asks for these blocks. */
    TestPeer wants(String letters) {
        node.receives(this, Sentence.wantBlock(letters));
        return this;
    }

    PeerId id() {
        return id;
    }

    long session() {
        return session;
    }

    void sessionBegins(long number) {
        session = number;
    }

    @Override
    public String toString() {
        return name;
    }
}
