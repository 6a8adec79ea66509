package dev.peerscope.transport.identity;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.SignedPeerRecord;

/**
 * What we say about ourselves.
 *
 * <p>A record is signed once for each set of listen addresses, with the time as its number, so that a later one counts as
 * the newer one.
 */
final class OwnIdentity {

    /** What go-libp2p, js-libp2p and Codex send. */
    private static final String PROTOCOL_VERSION = "ipfs/0.1.0";

    private final IdentityKey key;
    private final String agent;
    private final Supplier<List<String>> protocols;
    private final Supplier<List<Multiaddr>> listenAddresses;
    private final InstantSource clock;
    private @Nullable SignedPeerRecord record;

    OwnIdentity(IdentityKey key, String agent, Supplier<List<String>> protocols,
            Supplier<List<Multiaddr>> listenAddresses, InstantSource clock) {
        this.key = key;
        this.agent = agent;
        this.protocols = protocols;
        this.listenAddresses = listenAddresses;
        this.clock = clock;
    }

    /** Called on the event loops of all connections. */
    synchronized IdentifyMessage toldTo(Multiaddr remoteAddress) {
        var addresses = listenAddresses.get();
        return new IdentifyMessage(Optional.of(ByteString.copyFrom(key.publicKeyProtobuf())),
                addresses.stream().map(OwnIdentity::bytes).toList(), protocols.get(),
                Optional.of(bytes(remoteAddress)), Optional.of(PROTOCOL_VERSION), Optional.of(agent),
                record(addresses).map(SignedPeerRecord::encode).map(ByteString::copyFrom));
    }

    /** A host that only dials has no addresses to vouch for. */
    private Optional<SignedPeerRecord> record(List<Multiaddr> addresses) {
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        if (record == null || !record.addresses().equals(addresses)) {
            record = SignedPeerRecord.sign(key.publicKeyProtobuf(), clock.instant().getEpochSecond(), addresses,
                    key::sign);
        }
        return Optional.of(record);
    }

    private static ByteString bytes(Multiaddr address) {
        return ByteString.copyFrom(address.encode());
    }
}
