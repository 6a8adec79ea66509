package dev.peerscope.node;

import java.util.List;
import java.util.Optional;

import dev.peerscope.peer.InvalidPeerData;
import dev.peerscope.peer.InvalidSignedPeerRecord;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.PeerId;
import dev.peerscope.peer.SignedPeerRecord;
import dev.peerscope.transport.identity.InvalidKey;
import dev.peerscope.transport.identity.PublicIdentity;

/**
 * Where one peer is to be reached, as a user wrote it.
 *
 * @param inOrder
 *            to be tried in this order; at least one, all of them over plain TCP
 */
public record DialAddresses(List<PeerAddress> inOrder) {

    public DialAddresses {
        inOrder = List.copyOf(inOrder);
        if (inOrder.isEmpty()) {
            throw new IllegalArgumentException("a peer is reached at one address at least");
        }
        for (var one : inOrder) {
            one.requirePlainTcp();
        }
    }

    /** One address only. */
    public static DialAddresses of(PeerAddress address) {
        return new DialAddresses(List.of(address));
    }

    /**
     * Reads {@code /ip4/…/tcp/…[/p2p/…]}, or every address over TCP of a record {@code spr:…} whose signature holds.
     *
     * @throws InvalidPeerData
     *             if the text is malformed or no address over TCP, or is a record that has no such address or was not signed by the peer that it speaks of
     */
    public static DialAddresses parse(String text) {
        if (!text.startsWith(SignedPeerRecord.PREFIX)) {
            return of(PeerAddress.parse(text));
        }
        var signed = SignedPeerRecord.parse(text);
        verify(signed);
        return new DialAddresses(PeerAddress.allOf(signed));
    }

    /** Who must answer; empty accepts anyone. */
    public Optional<PeerId> expected() {
        return inOrder.getFirst().expected();
    }

    private static void verify(SignedPeerRecord record) {
        try {
            if (!PublicIdentity.decode(record.publicKey()).verifies(record.signedBytes(), record.signature())) {
                throw new InvalidSignedPeerRecord(
                        "the signature of the record of " + record.peerId() + " does not hold");
            }
        } catch (InvalidKey e) {
            throw new InvalidSignedPeerRecord("the key of the record of " + record.peerId() + ": " + e.getMessage());
        }
    }
}
