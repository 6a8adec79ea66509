package dev.peerscope.demo;

import dev.peerscope.block.Price;

/** What someone in the demo does. Peers and datasets go by their numbers, from 0. */
sealed interface DemoAct {

    /** Something that a peer of the swarm does. */
    sealed interface OfPeer extends DemoAct {

        int peer();
    }

    /** It starts, listens and dials the inspected node. */
    record PeerJoins(int peer) implements OfPeer {}

    /** It stops, with a goodbye. */
    record PeerLeaves(int peer) implements OfPeer {}

    /** It holds these from now on, and tells nobody. */
    record PeerGains(int peer, DemoBlocks blocks) implements OfPeer {}

    /** It does not hold these any more, and tells nobody. */
    record PeerLoses(int peer, DemoBlocks blocks) implements OfPeer {}

    /** It asks this for each block from now on, and tells nobody. */
    record PeerReprices(int peer, Price price) implements OfPeer {}

    /** It stays connected and handles no messages. */
    record PeerFallsSilent(int peer) implements OfPeer {}

    /** It handles what has come in meanwhile, and what comes. */
    record PeerSpeaksAgain(int peer) implements OfPeer {}

    /** It asks who has these, in the place of what it watched before. */
    record PeerWatches(int peer, DemoBlocks blocks) implements OfPeer {}

    /** It downloads these from who has them. */
    record PeerFetches(int peer, DemoBlocks blocks) implements OfPeer {}

    /** Something that is done at the inspected node, as its operator could. */
    sealed interface OfInspected extends DemoAct {}

    /** A watch of a whole dataset is made. */
    record WeWatch(int dataset) implements OfInspected {}

    /** That watch is deleted. */
    record WeStopWatching(int dataset) implements OfInspected {}

    /** A whole dataset is downloaded. */
    record WeDownload(int dataset) implements OfInspected {}

    /** These are downloaded. */
    record WeFetch(DemoBlocks blocks) implements OfInspected {}

    /** These are deleted from the store. */
    record WeLose(DemoBlocks blocks) implements OfInspected {}
}
