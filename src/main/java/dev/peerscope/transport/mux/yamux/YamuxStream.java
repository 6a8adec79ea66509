package dev.peerscope.transport.mux.yamux;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.LimitName;
import dev.peerscope.peer.Direction;
import dev.peerscope.transport.mux.ActiveStreams;
import dev.peerscope.transport.mux.LogicalStream;
import dev.peerscope.transport.mux.MuxerOutput;
import dev.peerscope.transport.mux.MuxerViolation;
import dev.peerscope.transport.mux.yamux.YamuxHeader.Type;

/** A stream of a {@link YamuxMuxer}: sends as far as the remote's window goes, and gives the remote a window of its own. */
final class YamuxStream extends LogicalStream {

    /** What either side may send before the first update. */
    static final long INITIAL_WINDOW = 256 * 1024;

    private static final long WINDOW_MAX = 0xffff_ffffL;

    private final MuxerOutput output;
    private final ReceiveWindow receiveWindow;
    private long sendWindow = INITIAL_WINDOW;
    private boolean acknowledged;

    YamuxStream(long id, Direction direction, ActiveStreams streams, MuxerOutput output, long receiveWindow) {
        super(id, direction, streams);
        this.output = output;
        this.receiveWindow = new ReceiveWindow(receiveWindow, INITIAL_WINDOW);
        this.acknowledged = direction == Direction.INBOUND;
    }

    /** Says that it exists: SYN for one of ours, ACK for one of theirs. */
    void announce() {
        int flag = switch (direction()) {
            case OUTBOUND -> YamuxHeader.SYN;
            case INBOUND -> YamuxHeader.ACK;
        };
        sendWindowUpdate(flag, receiveWindow.takeAll());
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Handles what stands in a frame's header and comes before its data. */
    void begin(YamuxHeader header) throws MuxerViolation {
        acknowledged |= header.has(YamuxHeader.ACK);
        if (header.has(YamuxHeader.RST)) {
            handleRemoteReset();
            return;
        }
        switch (header.type()) {
            case DATA -> use(header.length());
            case WINDOW_UPDATE -> grow(header.length());
            case PING, GO_AWAY -> throw new MuxerViolation("a yamux frame of type " + header.type() + " names " + this);
        }
    }

    void receive(ByteBuf data) {
        int length = data.readableBytes();
        handleData(data);
        receiveWindow.read(length);
        updateWindow();
    }

    /** Handles what stands in a frame's header and comes after its data. */
    void end(YamuxHeader header) {
        if (header.has(YamuxHeader.FIN)) {
            handleRemoteClose();
        }
    }

    @Override
    public void pauseReading() {
        receiveWindow.pause();
    }

    @Override
    public void resumeReading() {
        receiveWindow.resume();
        updateWindow();
    }

    @Override
    protected long sendCredit() {
        return sendWindow;
    }

    @Override
    protected void sendData(ByteBuf data, @Nullable CompletableFuture<Void> written) {
        sendWindow -= data.readableBytes();
        var header = new YamuxHeader(Type.DATA, 0, id(), data.readableBytes());
        output.write(Unpooled.wrappedBuffer(header.toFrame(), data), written);
    }

    @Override
    protected void sendClose() {
        sendWindowUpdate(YamuxHeader.FIN, 0);
    }

    @Override
    protected void sendReset() {
        sendWindowUpdate(YamuxHeader.RST, 0);
    }

    private void use(long length) throws MuxerViolation {
        if (length > receiveWindow.granted()) {
            output.limitMet(LimitName.FRAME_LENGTH);
        }
        receiveWindow.use(length);
    }

    private void grow(long length) throws MuxerViolation {
        if (length > WINDOW_MAX - sendWindow) {
            throw new MuxerViolation(
                    "a yamux window grows from " + sendWindow + " by " + length + " bytes, beyond 2^32");
        }
        sendWindow += length;
        creditGrew();
    }

    private void updateWindow() {
        if (!hasEnded() && !isRemoteClosed()) {
            long update = receiveWindow.takeUpdate();
            if (update > 0) {
                sendWindowUpdate(0, update);
            }
        }
    }

    private void sendWindowUpdate(int flags, long length) {
        output.write(new YamuxHeader(Type.WINDOW_UPDATE, flags, id(), length).toFrame(), null);
    }
}
