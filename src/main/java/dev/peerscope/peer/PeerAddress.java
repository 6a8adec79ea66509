package dev.peerscope.peer;

import java.util.List;
import java.util.Optional;

/**
 * Where to reach a peer, and who is expected there.
 *
 * @param address
 *            without a peer id at its end
 * @param expected
 *            the peer that must answer; empty accepts anyone
 */
public record PeerAddress(Multiaddr address, Optional<PeerId> expected) {

    /** Takes a peer id at the end of the address for the expected one; two that differ are an error. */
    public PeerAddress {
        var named = address.peerId();
        if (named.isPresent() && expected.isPresent() && !named.equals(expected)) {
            throw new InvalidMultiaddr(address + " names another peer than " + expected.get());
        }
        expected = named.isPresent() ? named : expected;
        address = address.withoutPeerId();
    }

    /**
     * Reads {@code /ip4/…/tcp/…[/p2p/…]}.
     *
     * @throws InvalidMultiaddr
     *             if the text is malformed
     */
    public static PeerAddress parse(String text) {
        return new PeerAddress(Multiaddr.parse(text), Optional.empty());
    }

    /**
     * Every address of a record that can be dialled, at least one. Whether its peer signed it is for the caller to see first.
     *
     * @throws InvalidSignedPeerRecord
     *             if the record has no such address
     */
    public static List<PeerAddress> allOf(SignedPeerRecord signed) {
        var addresses = signed.addresses().stream().filter(Multiaddr::isPlainTcp)
                .map(address -> new PeerAddress(address, Optional.of(signed.peerId()))).toList();
        if (addresses.isEmpty()) {
            throw new InvalidSignedPeerRecord("the record of " + signed.peerId() + " has no TCP address");
        }
        return addresses;
    }

    /**
     * Returns if it can be dialled.
     *
     * @throws InvalidMultiaddr
     *             if it is not an address over plain TCP
     */
    public void requirePlainTcp() {
        if (!address.isPlainTcp()) {
            throw new InvalidMultiaddr(this + " is no address over plain TCP");
        }
    }

    /** The address with the expected peer at its end. */
    @Override
    public String toString() {
        return expected.map(address::withPeerId).orElse(address).toString();
    }
}
