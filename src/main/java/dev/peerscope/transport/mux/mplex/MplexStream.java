package dev.peerscope.transport.mux.mplex;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.ActiveStreams;
import dev.peerscope.transport.mux.LogicalStream;
import dev.peerscope.transport.mux.MuxerOutput;

/** A stream of an {@link MplexMuxer}: sends as much as the connection takes, and cannot hold the remote back. */
final class MplexStream extends LogicalStream {

    private final MuxerOutput output;

    MplexStream(long id, Direction direction, ActiveStreams streams, MuxerOutput output) {
        super(id, direction, streams);
        this.output = output;
    }

    /** Handles a frame's flag; its data, if it may have some, follows in {@link #receive}. */
    void handle(MplexFlag flag) {
        switch (flag) {
            case CLOSE_RECEIVER, CLOSE_INITIATOR -> handleRemoteClose();
            case RESET_RECEIVER, RESET_INITIATOR -> handleRemoteReset();
            case NEW_STREAM, MESSAGE_RECEIVER, MESSAGE_INITIATOR -> {
                // Nothing to do before the data.
            }
        }
    }

    void receive(ByteBuf data) {
        handleData(data);
    }

    @Override
    public void pauseReading() {
        // mplex has no words for it.
    }

    @Override
    public void resumeReading() {
        // See pauseReading.
    }

    @Override
    protected long sendCredit() {
        return Long.MAX_VALUE;
    }

    @Override
    protected void sendData(ByteBuf data, @Nullable CompletableFuture<Void> written) {
        output.write(MplexFrames.of(as(MplexFlag.MESSAGE_INITIATOR, MplexFlag.MESSAGE_RECEIVER), id(), data), written);
    }

    @Override
    protected void sendClose() {
        output.write(MplexFrames.empty(as(MplexFlag.CLOSE_INITIATOR, MplexFlag.CLOSE_RECEIVER), id()), null);
    }

    @Override
    protected void sendReset() {
        output.write(MplexFrames.empty(as(MplexFlag.RESET_INITIATOR, MplexFlag.RESET_RECEIVER), id()), null);
    }

    private MplexFlag as(MplexFlag initiator, MplexFlag receiver) {
        return switch (direction()) {
            case OUTBOUND -> initiator;
            case INBOUND -> receiver;
        };
    }
}
