package dev.peerscope.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.event.ExchangeEventSink;

/** Writes what happens in the exchange to the log, one line an event, on level DEBUG. */
final class EventLog implements ExchangeEventSink {

    private static final Logger LOG = LoggerFactory.getLogger("dev.peerscope.exchange");

    @Override
    public void accept(ExchangeEvent event) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        switch (event) {
            case ExchangeEvent.PeerJoined e ->
                LOG.debug("joined: peer={} direction={}", e.peer().shortText(), e.direction());
            case ExchangeEvent.PeerLeft e ->
                LOG.debug("left: peer={} reason={} after={}", e.peer().shortText(), e.reason().text(), e.session());
            case ExchangeEvent.PresenceTold e ->
                LOG.debug("presence told: peer={} applied={} confirmed={} ignored={} rejected={}",
                        e.peer().shortText(), e.applied(), e.confirmed(), e.ignored(), e.rejected());
            case ExchangeEvent.PresenceChanged e -> LOG.debug("presence: peer={} change={} reason={} blocks={}",
                    e.peer().shortText(), e.change().text(), e.reason().text(), e.blocks().count());
            case ExchangeEvent.WantListChanged e -> LOG.debug("want-list: peer={} change={} reason={} blocks={}",
                    e.peer().shortText(), e.change().text(), e.reason().text(), e.blocks().size());
            case ExchangeEvent.BlocksReceived e -> LOG.debug("blocks received: peer={} outcome={} blocks={} bytes={}",
                    e.peer().shortText(), e.outcome().text(), e.blocks(), e.bytes());
            case ExchangeEvent.BlocksDelivered e -> LOG.debug("blocks sent: peer={} blocks={} bytes={}",
                    e.peer().shortText(), e.blocks(), e.bytes());
            case ExchangeEvent.ClaimsSettled e -> LOG.debug("claims settled: peer={} outcome={} blocks={}",
                    e.peer().shortText(), e.outcome().text(), e.blocks());
            case ExchangeEvent.FetchFailed e ->
                LOG.debug("given up: download={} block={}", e.holder(), e.blocks());
            case ExchangeEvent.LimitMet e -> LOG.debug("limit met: limit={} peer={} times={}", e.limit().text(),
                    e.peer().map(peer -> peer.shortText()).orElse("-"), e.times());
            case ExchangeEvent.AccountReceived e -> LOG.debug("account: peer={}", e.peer().shortText());
            case ExchangeEvent.BlockRetrieved _ -> {
                // Told in sum by BlocksReceived.
            }
        }
    }
}
