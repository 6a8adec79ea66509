package dev.peerscope.event;

/**
 * Takes events in the order in which they became true.
 *
 * <p>
 * Called on the engine's thread: an implementation is quick, never blocks and does not throw.
 */
@FunctionalInterface
public interface ExchangeEventSink {

    void accept(ExchangeEvent event);
}
