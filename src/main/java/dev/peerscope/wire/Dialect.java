package dev.peerscope.wire;

/** One way of writing the block exchange: its name on the network, its reader and its writer. */
public interface Dialect {

    /** The id under which peers agree on this dialect for a stream, such as {@code /codex/blockexc/1.0.0}. */
    String protocolId();

    /**
     * A reader for one stream.
     *
     * @param limits what it accepts at most
     */
    MessageDecoder decoder(WireLimits limits);

    /** The writer; it keeps no state and may be shared. */
    MessageEncoder encoder();

    /** How much goes into one message of this dialect. */
    BatchLimits batchLimits();
}
