package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.engine.EngineReader.Holder;
import dev.peerscope.peer.PeerId;

/** What all peers claim of one block: the first that have it and the first that denied it, as many as are to be named. */
final class BlockClaims implements TreeSwarm.Claims {

    private final int namedMax;
    private final List<Holder> holders = new ArrayList<>();
    private final List<PeerId> deniers = new ArrayList<>();
    private @Nullable Holder cheapest;
    private int count;

    BlockClaims(int namedMax) {
        this.namedMax = namedMax;
    }

    @Override
    public void claimed(PeerContext by, Claim claim, TreePresence presence, int index) {
        count++;
        if (!claim.isHave()) {
            if (deniers.size() < namedMax) {
                deniers.add(by.peer());
            }
            return;
        }
        boolean isCheapest = cheapest == null || claim.price().compareTo(cheapest.price()) < 0;
        if (isCheapest || holders.size() < namedMax) {
            var holder = new Holder(by.peer(), claim.price(), presence.confirmedAt(index));
            cheapest = isCheapest ? holder : cheapest;
            if (holders.size() < namedMax) {
                holders.add(holder);
            }
        }
    }

    List<Holder> holders() {
        return List.copyOf(holders);
    }

    List<PeerId> deniers() {
        return List.copyOf(deniers);
    }

    /** Of all that have it, named or not, the first that asks least. */
    Optional<Holder> cheapest() {
        return Optional.ofNullable(cheapest);
    }

    /** All that have it or denied it, named or not. */
    int count() {
        return count;
    }
}
