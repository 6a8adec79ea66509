package dev.peerscope.node;

/**
 * Told how the node's machinery runs, for meters. What happens in the exchange itself comes as events.
 *
 * <p>
 * Called on the thread that did the work, several at once: an implementation is quick, never blocks and does not throw.
 */
public interface NodeObserver {

    /** Nobody looks. */
    NodeObserver NONE = new NodeObserver() {
        @Override
        public void inputHandled(EngineInputKind kind, long nanos) {}

        @Override
        public void messageReceived(MessageSummary message) {}

        @Override
        public void messageSent(MessageSummary message) {}
    };

    /**
     * The engine handled an input, and what it asked for was set going.
     *
     * @param nanos
     *            time that this took the engine's thread
     */
    void inputHandled(EngineInputKind kind, long nanos);

    /** A message was decoded. */
    void messageReceived(MessageSummary message);

    /** A message was written to the socket. */
    void messageSent(MessageSummary message);
}
