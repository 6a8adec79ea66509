package dev.peerscope.node;

import java.util.List;

import dev.peerscope.peer.InvalidPeerData;
import dev.peerscope.peer.InvalidSignedPeerRecord;
import dev.peerscope.peer.PeerAddress;
import dev.peerscope.peer.SignedPeerRecord;
import dev.peerscope.transport.identity.InvalidKey;
import dev.peerscope.transport.identity.PublicIdentity;

/** Reads where peers are to be reached, as users write it. */
public final class DialAddresses {

    private DialAddresses() {}

    /**
     * Reads {@code /ip4/…/tcp/…[/p2p/…]}, or every address over TCP of a record {@code spr:…} whose signature holds; at least one.
     *
     * @throws InvalidPeerData
     *             if the text is malformed, or is a record that has no such address or was not signed by the peer that it speaks of
     */
    public static List<PeerAddress> parse(String text) {
        if (!text.startsWith(SignedPeerRecord.PREFIX)) {
            return List.of(PeerAddress.parse(text));
        }
        var signed = SignedPeerRecord.parse(text);
        verify(signed);
        return PeerAddress.allOf(signed);
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
