package dev.peerscope.api;

import java.io.IOException;
import java.time.Duration;

import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.End;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.Idle;
import dev.peerscope.journal.Subscription;
import dev.peerscope.view.PresenceChangeView;

/** What a subscription delivers, as events. What a client that does not read misses meanwhile it is told as a gap. */
final class ChangeStream implements EventStreams.Source {

    private final Subscription subscription;
    private final Duration pingInterval;
    private boolean begun;

    /**
     * @param subscription
     *            closed when the stream ends
     */
    ChangeStream(Subscription subscription, Duration pingInterval) {
        this.subscription = subscription;
        this.pingInterval = pingInterval;
    }

    @Override
    public boolean writeNext(EventWriter out) throws IOException, InterruptedException {
        if (!begun) {
            begun = true;
            out.comment("connected");
        }
        switch (subscription.next(pingInterval)) {
            case Change(var entry) ->
                out.event(entry.sequence(), entry.change().change().text(), PresenceChangeView.of(entry));
            case Gap gap -> out.event(gap.to(), "gap", GapView.of(gap));
            case Idle _ -> out.comment("ping");
            case End _ -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
