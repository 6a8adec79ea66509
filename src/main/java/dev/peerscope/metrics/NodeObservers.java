package dev.peerscope.metrics;

import java.util.List;

import dev.peerscope.node.EngineInputKind;
import dev.peerscope.node.MessageSummary;
import dev.peerscope.node.NodeObserver;

/** Several observers of the node as one. */
public record NodeObservers(List<NodeObserver> all) implements NodeObserver {

    public NodeObservers {
        all = List.copyOf(all);
    }

    @Override
    public void inputHandled(EngineInputKind kind, long nanos) {
        all.forEach(observer -> observer.inputHandled(kind, nanos));
    }

    @Override
    public void messageReceived(MessageSummary message) {
        all.forEach(observer -> observer.messageReceived(message));
    }

    @Override
    public void messageSent(MessageSummary message) {
        all.forEach(observer -> observer.messageSent(message));
    }
}
