package dev.peerscope.transport;

import java.util.List;
import java.util.Optional;

import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.SignedPeerRecord;

/**
 * What a peer says about itself (libp2p identify). Everything but the key is a claim, and may be empty.
 *
 * @param agentVersion
 *            name of its software, such as {@code Codex}
 * @param protocolVersion
 *            such as {@code ipfs/0.1.0}
 * @param listenAddresses
 *            where it says it can be dialled; those that are understood here
 * @param observedAddress
 *            the address at which it sees the other side
 * @param signedRecord
 *            its addresses under its signature, if it sent them and the signature holds
 */
public record IdentifyInfo(String agentVersion, String protocolVersion, List<Multiaddr> listenAddresses,
        List<String> protocols, Optional<Multiaddr> observedAddress, Optional<SignedPeerRecord> signedRecord) {

    public IdentifyInfo {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = List.copyOf(protocols);
    }
}
