package dev.peerscope.transport.tcp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import dev.peerscope.transport.DialFailed;
import dev.peerscope.transport.DialStep;
import dev.peerscope.transport.RefusalKind;
import dev.peerscope.transport.RefusedConnection;
import dev.peerscope.transport.identity.PublicIdentity;
import dev.peerscope.transport.negotiation.DiallerNegotiation;
import dev.peerscope.transport.negotiation.ListenerNegotiation;
import dev.peerscope.transport.negotiation.Negotiation;
import dev.peerscope.transport.negotiation.NegotiationViolation;
import dev.peerscope.transport.negotiation.Outcome;
import dev.peerscope.transport.noise.HandshakeFailed;
import dev.peerscope.transport.noise.HandshakeProgress;
import dev.peerscope.transport.noise.NoiseFrames;
import dev.peerscope.transport.noise.NoiseHandshake;
import dev.peerscope.transport.noise.SecureSession;

/**
 * Leads one socket through the steps that make it a connection, each with a time-out.
 *
 * <pre>
 * SECURITY: multistream for /noise -&gt; Noise handshake (IDENTITY: is the remote welcome?)
 *           -&gt; MUXER: multistream for the muxer, unless the handshake agreed on one -&gt; MuxedChannel
 * any step -- time-out, end of the connection, broken rule --&gt; refused
 * </pre>
 */
final class UpgradeHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(UpgradeHandler.class);
    private static final String NOISE = "/noise";

    private final HostContext host;
    private final UpgradeRequest request;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private Phase phase = in -> {};
    private DialStep step = DialStep.CONNECT;
    private @Nullable ScheduledFuture<?> timeout;
    private boolean begun;
    private boolean done;

    /** What reads the bytes that have come, leaving those that it does not need. */
    private interface Phase {
        void read(ByteBuf in) throws NegotiationViolation, HandshakeFailed;
    }

    UpgradeHandler(HostContext host, UpgradeRequest request) {
        this.host = host;
        this.request = request;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            begin(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        if (done) {
            bytes.release();
            return;
        }
        received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes);
        advance(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        refuse(ctx, step, RefusalKind.CONNECTION_LOST, "the remote closed the connection", null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var origin = ChannelFailure.origin(cause);
        switch (origin) {
            case ProtocolBroken broken ->
                refuse(ctx, step, RefusalKind.PROTOCOL_VIOLATION, String.valueOf(broken.getMessage()), broken);
            case IOException lost ->
                refuse(ctx, step, RefusalKind.CONNECTION_LOST, ChannelFailure.sentence(lost), lost);
            default -> {
                refuse(ctx, step, RefusalKind.CONNECTION_LOST, ChannelFailure.UNEXPECTED, origin);
                LOG.error("upgrade failed unexpectedly remote={} step={}", request.remoteAddress(), step, origin);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == HostStopped.EVENT) {
            refuse(ctx, step, RefusalKind.HOST_STOPPED, "the host is closing", null);
        } else if (event instanceof NoRoom noRoom && !done) {
            host.listener().limitMet(noRoom.met());
            refuse(ctx, step, noRoom.kind(), noRoom.reason(), null);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        received.release();
        received = Unpooled.EMPTY_BUFFER;
    }

    private void begin(ChannelHandlerContext ctx) {
        if (!begun) {
            begun = true;
            step = DialStep.SECURITY;
            request.reached().accept(step);
            limit(ctx, host.settings().timeouts().security());
            negotiate(ctx, List.of(NOISE), noise -> handshake(ctx));
        }
    }

    /** Runs phases until one is left waiting for bytes. */
    private void advance(ChannelHandlerContext ctx) {
        try {
            Phase before;
            do {
                before = phase;
                phase.read(received);
            } while (phase != before && !done);
        } catch (NegotiationViolation e) {
            refuse(ctx, step, RefusalKind.PROTOCOL_VIOLATION, String.valueOf(e.getMessage()), e);
        } catch (HandshakeFailed e) {
            refuse(ctx, stepOf(e.kind()), e.kind(), String.valueOf(e.getMessage()), e);
        }
    }

    private void negotiate(ChannelHandlerContext ctx, Collection<String> protocols, Consumer<String> agreed) {
        int lineMax = host.settings().limits().negotiationLineMax();
        Negotiation negotiation = switch (request.direction()) {
            case OUTBOUND -> new DiallerNegotiation(List.copyOf(protocols), lineMax);
            case INBOUND -> new ListenerNegotiation(Set.copyOf(protocols), lineMax);
        };
        var opening = ctx.alloc().buffer();
        negotiation.open(opening);
        send(ctx, opening);
        phase = in -> {
            var answers = ctx.alloc().buffer();
            Outcome outcome;
            try {
                outcome = negotiation.received(in, answers);
            } finally {
                send(ctx, answers);
            }
            switch (outcome) {
                case Outcome.Pending() -> {
                    // The next bytes come here again.
                }
                case Outcome.Agreed(var protocol) -> agreed.accept(protocol);
                case Outcome.Refused() -> refuse(ctx, step, RefusalKind.NO_COMMON_PROTOCOL,
                        "the remote speaks none of " + protocols, null);
            }
        };
    }

    private void handshake(ChannelHandlerContext ctx) {
        List<String> offered = host.settings().earlyMuxerNegotiation() ? List.copyOf(host.muxers().keySet())
                : List.of();
        var handshake = switch (request.direction()) {
            case OUTBOUND -> NoiseHandshake.initiator(host.identity(), offered, this::refusal);
            case INBOUND -> NoiseHandshake.responder(host.identity(), offered, this::refusal);
        };
        handshake.open().ifPresent(message -> sendFrame(ctx, message));
        phase = in -> {
            for (var frame = NoiseFrames.next(in); frame != null; frame = NoiseFrames.next(in)) {
                switch (handshake.received(ByteBufUtil.getBytes(frame))) {
                    case HandshakeProgress.Answer(var message) -> sendFrame(ctx, message);
                    case HandshakeProgress.Established(var message, var session) -> {
                        message.ifPresent(last -> sendFrame(ctx, last));
                        secured(ctx, session);
                        return;
                    }
                }
            }
        };
    }

    private Optional<NoiseHandshake.Refusal> refusal(PublicIdentity remote) {
        var peer = remote.peerId();
        if (peer.equals(host.identity().peerId())) {
            return Optional.of(new NoiseHandshake.Refusal(RefusalKind.OURSELVES, "the remote is ourselves"));
        }
        if (request.expected().isPresent() && !request.expected().get().equals(peer)) {
            return Optional.of(new NoiseHandshake.Refusal(RefusalKind.WRONG_PEER,
                    "expected " + request.expected().get() + " but " + peer + " answered"));
        }
        var noRoom = request.slot().claim(peer);
        noRoom.ifPresent(full -> host.listener().limitMet(full.met()));
        return noRoom.map(full -> new NoiseHandshake.Refusal(full.kind(), full.reason()));
    }

    private void secured(ChannelHandlerContext ctx, SecureSession session) {
        step = DialStep.MUXER;
        request.reached().accept(step);
        limit(ctx, host.settings().timeouts().muxer());
        var decoder = new NoiseDecoder(session.transport());
        ctx.pipeline().addBefore(ctx.name(), "noise-decoder", decoder);
        ctx.pipeline().addBefore(ctx.name(), "noise-encoder", new NoiseEncoder(session.transport()));

        // What is left is ciphertext and has to go through the decoder, which passes plaintext to whoever is next by then.
        var ciphertext = received;
        received = Unpooled.EMPTY_BUFFER;
        session.muxer().ifPresentOrElse(muxer -> connected(ctx, session, muxer),
                () -> negotiate(ctx, host.muxers().keySet(), muxer -> connected(ctx, session, muxer)));
        feed(ctx, decoder, ciphertext);
    }

    private void connected(ChannelHandlerContext ctx, SecureSession session, String muxer) {
        finish();
        var connection = new NettyConnection(host, request, session.remote(), muxer, ctx.channel());
        var plaintext = received;
        received = Unpooled.EMPTY_BUFFER;
        ctx.pipeline().replace(this, "muxer", connection.handler());
        connection.begin();
        request.result().complete(connection);
        feed(ctx, connection.handler(), plaintext);
    }

    /** Hands bytes to a handler that was just put in line. */
    private static void feed(ChannelHandlerContext ctx, ChannelInboundHandler handler, ByteBuf bytes) {
        var context = ctx.pipeline().context(handler);
        if (!bytes.isReadable() || context == null) {
            bytes.release();
            return;
        }
        try {
            handler.channelRead(context, bytes);
        } catch (Exception e) {
            ctx.pipeline().fireExceptionCaught(e);
        }
    }

    private void refuse(ChannelHandlerContext ctx, DialStep at, RefusalKind kind, String reason,
            @Nullable Throwable cause) {
        if (done) {
            return;
        }
        finish();
        var _ = ctx.close();
        host.listener().refused(new RefusedConnection(Instant.now(), request.remoteAddress(), request.direction(), at,
                kind, reason));
        request.result().completeExceptionally(new DialFailed(at, kind, reason, cause));
    }

    private void finish() {
        done = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    /** From now on this step may take so long. */
    private void limit(ChannelHandlerContext ctx, Duration limit) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        timeout = ctx.executor().schedule(
                () -> refuse(ctx, step, RefusalKind.TIMEOUT, "the step took longer than " + limit, null),
                limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static DialStep stepOf(RefusalKind kind) {
        return switch (kind) {
            case WRONG_PEER, OURSELVES, LIMIT_MET, ADDRESS_SHARE -> DialStep.IDENTITY;
            case UNREACHABLE, TIMEOUT, CONNECTION_LOST, PROTOCOL_VIOLATION, IDENTITY_INVALID, NO_COMMON_PROTOCOL,
                    HOST_STOPPED ->
                DialStep.SECURITY;
        };
    }

    private static void sendFrame(ChannelHandlerContext ctx, byte[] message) {
        var frame = ctx.alloc().buffer(message.length + 2);
        NoiseFrames.write(frame, message);
        send(ctx, frame);
    }

    private static void send(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (bytes.isReadable()) {
            var _ = ctx.writeAndFlush(bytes);
        } else {
            bytes.release();
        }
    }
}
