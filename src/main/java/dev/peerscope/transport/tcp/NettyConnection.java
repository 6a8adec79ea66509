package dev.peerscope.transport.tcp;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;
import dev.peerscope.limit.OutOfMemory;
import dev.peerscope.peer.Direction;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.Connection;
import dev.peerscope.transport.Stream;
import dev.peerscope.transport.StreamRefused;
import dev.peerscope.transport.identity.PublicIdentity;
import dev.peerscope.transport.mux.MuxedStream;
import dev.peerscope.transport.mux.Muxer;
import dev.peerscope.transport.mux.MuxerEvents;
import dev.peerscope.transport.mux.StreamsExhausted;

/** A connection on a Netty channel. Its muxer and streams are touched on the channel's event loop only. */
final class NettyConnection implements Connection, MuxerEvents {

    private final long id;
    private final HostContext host;
    private final UpgradeRequest request;
    private final PublicIdentity remote;
    private final String muxerProtocol;
    private final Channel channel;
    private final Instant connectedAt = Instant.now();
    private final MuxedChannel handler;
    private final ConnectionOutput output;
    private final Muxer muxer;
    private final SilenceWatch silence;
    private final Map<MuxedStream, HostStream> streams = new HashMap<>();
    private long nextStreamId;
    private @Nullable CloseReason ended;

    NettyConnection(HostContext host, UpgradeRequest request, PublicIdentity remote, String muxerProtocol,
            Channel channel) {
        this.id = host.connectionIds().incrementAndGet();
        this.host = host;
        this.request = request;
        this.remote = remote;
        this.muxerProtocol = muxerProtocol;
        this.channel = channel;
        this.handler = new MuxedChannel(this);
        var settings = host.settings();
        this.output = new ConnectionOutput(channel, settings.limits(), settings.timeouts(), this::end,
                host.listener()::limitMet);
        this.muxer = host.muxer(muxerProtocol).create(request.direction(), settings.limits().muxer(), output, this);
        this.silence = new SilenceWatch(channel, settings.timeouts(), () -> host.pinger().ping(this),
                () -> end(
                        new CloseReason(CloseReason.Kind.TIMEOUT, "the remote is silent and does not answer a ping")));
    }

    ChannelInboundHandler handler() {
        return handler;
    }

    HostContext host() {
        return host;
    }

    Channel channel() {
        return channel;
    }

    /** The channel's last handler is in place: the connection may be told of. */
    void begin() {
        host.connections().add(this);
        silence.start();
        host.listener().connected(this);
    }

    /** Streams that the remote has open. May be asked by any thread, as the next two. */
    long inboundStreams() {
        return muxer.inboundStreamCount();
    }

    /** Bytes that wait on the stream on which most wait. */
    long mostStreamBytes() {
        return muxer.mostQueuedBytes();
    }

    /** Bytes that wait for the socket. */
    long socketBytes() {
        return output.waitingBytes();
    }

    void received(ByteBuf plaintext) {
        silence.read();
        // After the end the muxer only releases it.
        muxer.received(plaintext);
    }

    void socketWritabilityChanged() {
        output.writabilityChanged();
        muxer.outputWritabilityChanged();
    }

    /** It has to go, unless it has ended. */
    void makeRoom(NoRoom why) {
        if (ended == null) {
            host.listener().limitMet(why.met());
            end(new CloseReason(CloseReason.Kind.LIMIT_MET, why.reason()));
        }
    }

    /** Ends the connection, once, on its event loop: streams first, then the word to the listener, then the socket. */
    void end(CloseReason reason) {
        if (ended != null) {
            return;
        }
        ended = reason;
        host.connections().remove(this);
        silence.stop();
        output.close();
        muxer.goAway(switch (reason.kind()) {
            case PROTOCOL_VIOLATION -> Muxer.GoAway.PROTOCOL_ERROR;
            case LOCAL_CLOSE, REMOTE_CLOSE, CONNECTION_LOST, LIMIT_MET, TIMEOUT, HOST_STOPPED -> Muxer.GoAway.NORMAL;
        });
        muxer.close();
        host.listener().disconnected(this, reason);
        // What is queued may still leave, but a remote that takes nothing does not keep the socket.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> leave(reason));
        var farewell = channel.eventLoop().schedule(this::closeSocket,
                host.settings().timeouts().farewell().toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> farewell.cancel(false));
    }

    /**
     * Closes the socket. When the end is in order we only say that we are done, and go on reading until the remote is, too:
     * closed with bytes unread the socket would be reset, and the remote would take a goodbye for a failure.
     */
    private void leave(CloseReason reason) {
        boolean inOrder = reason.kind() == CloseReason.Kind.LOCAL_CLOSE
                || reason.kind() == CloseReason.Kind.HOST_STOPPED;
        if (inOrder && channel instanceof DuplexChannel socket && channel.isActive()) {
            channel.config().setAutoRead(true);
            var _ = socket.shutdownOutput();
        } else {
            closeSocket();
        }
    }

    private void closeSocket() {
        var _ = channel.close();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public PeerId remotePeer() {
        return remote.peerId();
    }

    @Override
    public Multiaddr remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public Direction direction() {
        return request.direction();
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    @Override
    public String muxer() {
        return muxerProtocol;
    }

    @Override
    public String remoteKeyType() {
        return remote.type().text();
    }

    @Override
    public CompletableFuture<Stream> openStream(String protocolId) {
        var opening = new CompletableFuture<Stream>();
        execute(() -> open(protocolId, opening));
        return opening;
    }

    @Override
    public void pauseReading() {
        channel.config().setAutoRead(false);
    }

    @Override
    public void resumeReading() {
        channel.config().setAutoRead(true);
    }

    @Override
    public void tellWaiting(LongConsumer change) {
        execute(() -> output.tellWaiting(change));
    }

    @Override
    public boolean isReadingPaused() {
        return !channel.config().isAutoRead();
    }

    /** Offers the socket what waits for it. Returns the bytes that it did not take. */
    long offerToSocket() {
        output.offer();
        return output.waitingBytes();
    }

    @Override
    public void execute(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            try {
                channel.eventLoop().execute(() -> endingWithMemory(task));
            } catch (RejectedExecutionException e) {
                // The loop has stopped, after every connection of it: nobody else is left who could touch what is used here.
                task.run();
            }
        }
    }

    /** An event loop logs what a task throws and goes on. */
    private static void endingWithMemory(Runnable task) {
        try {
            task.run();
        } catch (VirtualMachineError e) {
            OutOfMemory.endIfCause(e);
            throw e;
        }
    }

    @Override
    public void close(CloseReason reason) {
        execute(() -> end(reason));
    }

    @Override
    public String toString() {
        return "connection " + id + " with " + remotePeer().shortText();
    }

    @Override
    public void opened(MuxedStream muxed) {
        var stream = new HostStream(nextStreamId++, this, muxed);
        streams.put(muxed, stream);
        stream.awaitProposal();
    }

    @Override
    public void received(MuxedStream muxed, ByteBuf data) {
        var stream = streams.get(muxed);
        if (stream != null) {
            stream.received(data);
        }
    }

    @Override
    public void remoteClosed(MuxedStream muxed) {
        var stream = streams.get(muxed);
        if (stream != null) {
            stream.remoteClosed();
        }
    }

    @Override
    public void reset(MuxedStream muxed) {
        var stream = streams.remove(muxed);
        if (stream != null) {
            stream.ended(true);
        }
    }

    @Override
    public void closed(MuxedStream muxed) {
        var stream = streams.remove(muxed);
        if (stream != null) {
            stream.ended(false);
        }
    }

    @Override
    public void writabilityChanged(MuxedStream muxed) {
        var stream = streams.get(muxed);
        if (stream != null) {
            stream.writabilityChanged();
        }
    }

    private void open(String protocolId, CompletableFuture<Stream> opening) {
        if (ended != null) {
            opening.completeExceptionally(disconnected());
            return;
        }
        MuxedStream muxed;
        try {
            muxed = muxer.open();
        } catch (StreamsExhausted e) {
            opening.completeExceptionally(
                    new StreamRefused(StreamRefused.Kind.LIMIT_MET, String.valueOf(e.getMessage())));
            return;
        }
        var stream = new HostStream(nextStreamId++, this, muxed);
        streams.put(muxed, stream);
        stream.propose(protocolId, opening);
    }

    private StreamRefused disconnected() {
        return new StreamRefused(StreamRefused.Kind.DISCONNECTED, this + " has ended");
    }
}
