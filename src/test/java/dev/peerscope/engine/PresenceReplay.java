package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceState;
import dev.peerscope.peer.PeerId;

/** Presence as someone sees it who hears the changes and nothing else. */
final class PresenceReplay {

    private final Map<PeerId, Map<BlockAddress, Claim>> known = new HashMap<>();

    void accept(ExchangeEvent event) {
        if (event instanceof ExchangeEvent.PresenceChanged change) {
            Map<BlockAddress, Claim> claims = known.computeIfAbsent(change.peer(), _ -> new HashMap<>());
            change.blocks().addresses().forEach(address -> apply(change, claims, address));
        }
    }

    private static void apply(ExchangeEvent.PresenceChanged change, Map<BlockAddress, Claim> claims,
            BlockAddress address) {
        Claim before = claims.getOrDefault(address, Claim.UNKNOWN);
        assertThat(change.previousState()).as("previous state of %s", address).isEqualTo(before.state());
        assertThat(change.previousPrice()).as("previous price of %s", address).isEqualTo(before.priceIfHad());
        Claim after = switch (change.change()) {
            case ADDED, REPRICED -> Claim.have(change.price().orElseThrow());
            case DENIED -> Claim.DENIED;
            case REMOVED, UNDENIED -> Claim.UNKNOWN;
        };
        assertThat(after).as("%s of %s changes something", change.change(), address).isNotEqualTo(before);
        assertThat(change.change()).isEqualTo(nameOf(before.state(), after.state()));
        if (after.equals(Claim.UNKNOWN)) {
            claims.remove(address);
        } else {
            claims.put(address, after);
        }
    }

    private static PresenceChange nameOf(PresenceState before, PresenceState after) {
        return switch (after) {
            case HAVE -> before == PresenceState.HAVE ? PresenceChange.REPRICED : PresenceChange.ADDED;
            case DONT_HAVE -> PresenceChange.DENIED;
            case UNKNOWN -> before == PresenceState.HAVE ? PresenceChange.REMOVED : PresenceChange.UNDENIED;
        };
    }

    /** The engine knows exactly what the changes told, and no one else is said to know anything. */
    void assertSameAs(ExchangeEngine engine) {
        known.forEach((peer, claims) -> {
            long haves = claims.values().stream().filter(Claim::isHave).count();
            Optional<EngineReader.PeerStatus> status = engine.reader().peer(peer);
            assertThat(status.map(EngineReader.PeerStatus::haveCount).orElse(0L)).as("haves of %s", peer)
                    .isEqualTo(haves);
            assertThat(status.map(EngineReader.PeerStatus::deniedCount).orElse(0L)).as("denials of %s", peer)
                    .isEqualTo(claims.size() - haves);
            claims.forEach((address, claim) -> {
                EngineReader.PresenceRecord read = engine.reader().presence(peer, address);
                assertThat(read.state()).as("state of %s at %s", address, peer).isEqualTo(claim.state());
                assertThat(read.price()).as("price of %s at %s", address, peer).isEqualTo(claim.priceIfHad());
            });
        });
        for (EngineReader.PeerStatus status : engine.reader().peers()) {
            if (!known.containsKey(status.peer())) {
                assertThat(status.haveCount() + status.deniedCount()).isZero();
            }
        }
    }
}
