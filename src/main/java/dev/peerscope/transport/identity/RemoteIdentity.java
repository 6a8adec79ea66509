package dev.peerscope.transport.identity;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import dev.peerscope.peer.InvalidMultiaddr;
import dev.peerscope.peer.InvalidSignedPeerRecord;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.peer.SignedPeerRecord;
import dev.peerscope.transport.IdentifyInfo;

/** Makes of a remote's message what may be believed of it: the key must be the one that the connection is secured with. */
final class RemoteIdentity {

    private static final IdentifyInfo UNKNOWN = new IdentifyInfo("", "", List.of(), List.of(), Optional.empty(),
            Optional.empty());

    private RemoteIdentity() {}

    /** What we know after this message; what it leaves out is as it was before. */
    static IdentifyInfo update(Optional<IdentifyInfo> known, IdentifyMessage message, PeerId remote)
            throws UnusableIdentify {
        var key = message.publicKey().map(ByteString::toByteArray).map(PeerId::ofPublicKey);
        if (key.isPresent() && !key.get().equals(remote)) {
            throw UnusableIdentify.broken("the public key is that of " + key.get().shortText());
        }
        var before = known.orElse(UNKNOWN);
        var addresses = message.listenAddresses().stream().flatMap(bytes -> address(bytes).stream()).toList();
        return new IdentifyInfo(message.agentVersion().orElse(before.agentVersion()),
                message.protocolVersion().orElse(before.protocolVersion()),
                addresses.isEmpty() ? before.listenAddresses() : addresses,
                message.protocols().isEmpty() ? before.protocols() : message.protocols(),
                message.observedAddress().flatMap(RemoteIdentity::address).or(before::observedAddress),
                newest(before.signedRecord(), message.signedPeerRecord().flatMap(bytes -> record(bytes, remote))));
    }

    /** Addresses of kinds that are not known here are common, and no fault. */
    private static Optional<Multiaddr> address(ByteString bytes) {
        try {
            return Optional.of(Multiaddr.decode(bytes.toByteArray()));
        } catch (InvalidMultiaddr unknown) {
            return Optional.empty();
        }
    }

    /** A record that does not hold is as good as none. */
    private static Optional<SignedPeerRecord> record(ByteString bytes, PeerId remote) {
        try {
            var record = SignedPeerRecord.decode(bytes.toByteArray());
            boolean holds = record.peerId().equals(remote)
                    && PublicIdentity.decode(record.publicKey()).verifies(record.signedBytes(), record.signature());
            return holds ? Optional.of(record) : Optional.empty();
        } catch (InvalidSignedPeerRecord | InvalidKey invalid) {
            return Optional.empty();
        }
    }

    private static Optional<SignedPeerRecord> newest(Optional<SignedPeerRecord> known,
            Optional<SignedPeerRecord> said) {
        return Stream.concat(known.stream(), said.stream())
                .reduce((older, newer) -> Long.compareUnsigned(newer.sequence(), older.sequence()) < 0 ? older : newer);
    }
}
