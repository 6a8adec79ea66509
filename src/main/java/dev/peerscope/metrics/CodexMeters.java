package dev.peerscope.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.node.EngineInputKind;
import dev.peerscope.node.MessageSummary;
import dev.peerscope.node.NodeObserver;

/** Counts what a Codex node counts, under its names; the gauge of pending requests is with the other gauges. */
public final class CodexMeters implements ExchangeEventSink, NodeObserver {

    private final Counter wantHaveSent;
    private final Counter wantHaveReceived;
    private final Counter wantBlockSent;
    private final Counter wantBlockReceived;
    private final Counter blocksSent;
    private final Counter blocksReceived;
    private final Counter spuriousReceived;
    private final Counter peerTimeouts;
    private final Counter requestsFailed;
    private final AtomicLong retrievalMicros = new AtomicLong();

    /** Registers every series. */
    public CodexMeters(MeterRegistry registry) {
        var meters = new Meters(registry);
        wantHaveSent = meters.counter(CodexMeter.WANT_HAVE_LISTS_SENT);
        wantHaveReceived = meters.counter(CodexMeter.WANT_HAVE_LISTS_RECEIVED);
        wantBlockSent = meters.counter(CodexMeter.WANT_BLOCK_LISTS_SENT);
        wantBlockReceived = meters.counter(CodexMeter.WANT_BLOCK_LISTS_RECEIVED);
        blocksSent = meters.counter(CodexMeter.BLOCKS_SENT);
        blocksReceived = meters.counter(CodexMeter.BLOCKS_RECEIVED);
        spuriousReceived = meters.counter(CodexMeter.SPURIOUS_BLOCKS_RECEIVED);
        peerTimeouts = meters.counter(CodexMeter.PEER_TIMEOUTS);
        requestsFailed = meters.counter(CodexMeter.REQUESTS_FAILED);
        meters.counter(CodexMeter.DISCOVERY_REQUESTS);
        meters.gauge(CodexMeter.RETRIEVAL_TIME_US, retrievalMicros, AtomicLong::get);
    }

    @Override
    public void accept(ExchangeEvent event) {
        switch (event) {
            case ExchangeEvent.BlocksReceived received -> count(received);
            case ExchangeEvent.BlocksDelivered delivered -> blocksSent.increment(delivered.blocks());
            case ExchangeEvent.BlockRetrieved retrieved ->
                retrievalMicros.set(TimeUnit.NANOSECONDS.toMicros(retrieved.took().toNanos()));
            case ExchangeEvent.FetchFailed failed -> requestsFailed.increment(failed.blocks().count());
            case ExchangeEvent.PeerLeft left when left.reason() == DepartureReason.PEER_TIMEOUT ->
                peerTimeouts.increment();
            case ExchangeEvent.PeerLeft _,ExchangeEvent.PeerJoined _,ExchangeEvent.PresenceTold _,ExchangeEvent.PresenceChanged _,ExchangeEvent.WantListChanged _,ExchangeEvent.ClaimsSettled _,ExchangeEvent.AccountReceived _,ExchangeEvent.LimitMet _ -> {
                // A Codex node counts nothing of these.
            }
        }
    }

    private void count(ExchangeEvent.BlocksReceived received) {
        if (received.outcome() == BlockOutcome.OK) {
            blocksReceived.increment(received.blocks());
        } else if (received.outcome() == BlockOutcome.UNREQUESTED) {
            spuriousReceived.increment(received.blocks());
        }
    }

    @Override
    public void inputHandled(EngineInputKind kind, long nanos) {
        // A Codex node does not measure this.
    }

    @Override
    public void messageReceived(MessageSummary message) {
        wantHaveReceived.increment(message.wantHaves());
        wantBlockReceived.increment(message.wantBlocks());
    }

    @Override
    public void messageSent(MessageSummary message) {
        wantHaveSent.increment(message.wantHaves() > 0 ? 1 : 0);
        wantBlockSent.increment(message.wantBlocks() > 0 ? 1 : 0);
    }
}
