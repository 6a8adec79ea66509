package dev.peerscope.wire.codex;

import dev.peerscope.wire.BatchLimits;
import dev.peerscope.wire.Dialect;
import dev.peerscope.wire.MessageDecoder;
import dev.peerscope.wire.MessageEncoder;
import dev.peerscope.wire.WireLimits;

/** The block exchange as Codex nodes speak it. */
public final class CodexDialect implements Dialect {

    /** The id of the protocol. */
    public static final String PROTOCOL_ID = "/codex/blockexc/1.0.0";

    /** What a Codex node puts into one message; the bytes are those of twenty blocks of its default size. */
    private static final BatchLimits BATCH_LIMITS = new BatchLimits(1024, 1024, 20, 20 * 65_536);

    private final MessageEncoder encoder = new CodexEncoder();

    @Override
    public String protocolId() {
        return PROTOCOL_ID;
    }

    @Override
    public MessageDecoder decoder(WireLimits limits) {
        return new CodexDecoder(limits);
    }

    @Override
    public MessageEncoder encoder() {
        return encoder;
    }

    @Override
    public BatchLimits batchLimits() {
        return BATCH_LIMITS;
    }
}
