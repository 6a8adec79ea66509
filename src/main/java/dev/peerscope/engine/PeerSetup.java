package dev.peerscope.engine;

import java.util.Optional;

import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitName;

/** Makes the context of a peer that joins, here only, and takes it away when the peer leaves. */
final class PeerSetup {

    private final PeerContextStore contexts;
    private final PendingBlocks pending;
    private final Requests requests;
    private final EngineBasics basics;
    private final Outputs outputs;

    PeerSetup(PeerContextStore contexts, PendingBlocks pending, Requests requests, EngineBasics basics) {
        this.contexts = contexts;
        this.pending = pending;
        this.requests = requests;
        this.basics = basics;
        this.outputs = basics.outputs();
    }

    void join(EngineInput.PeerConnected joined) {
        if (contexts.find(joined.peer()).isPresent()) {
            throw new IllegalStateException(joined.peer() + " joined again without having left");
        }
        int peersMax = basics.limits().peers();
        if (contexts.size() >= peersMax) {
            outputs.limitMet(LimitName.PEERS, Optional.of(joined.peer()), 1);
            outputs.add(new EngineOutput.Disconnect(joined.peer(), joined.session(), DepartureReason.LIMIT_MET,
                    "at most " + peersMax + " peers may be connected"));
            return;
        }
        var context = new PeerContext(joined, contexts, pending, requests, basics);
        contexts.add(context);
        outputs.happened(new ExchangeEvent.PeerJoined(outputs.wallTime(), joined.peer(), joined.direction()));
        context.refresh().proceed();
    }

    void leave(PeerContext context, DepartureReason reason) {
        context.clear(reason);
        contexts.remove(context);
        requests.left(context);
        outputs.happened(new ExchangeEvent.PeerLeft(outputs.wallTime(), context.peer(), context.direction(), reason,
                context.joinedAt(), context.lastExchangeAt(), context.counters()));
    }
}
