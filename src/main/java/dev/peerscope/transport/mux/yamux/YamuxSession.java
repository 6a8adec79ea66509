package dev.peerscope.transport.mux.yamux;

import dev.peerscope.transport.mux.FrameAllowance;
import dev.peerscope.transport.mux.Muxer.GoAway;
import dev.peerscope.transport.mux.MuxerOutput;
import dev.peerscope.transport.mux.MuxerViolation;
import dev.peerscope.transport.mux.yamux.YamuxHeader.Type;

/** Frames that are about no stream but the session: pings, and the ends that both sides announce. */
final class YamuxSession {

    static final long STREAM_ID = 0;

    private final MuxerOutput output;
    private final FrameAllowance unreadAnswers;
    private boolean remoteGoesAway;
    private boolean weGoAway;

    YamuxSession(MuxerOutput output, int unreadAnswersMax) {
        this.output = output;
        this.unreadAnswers = new FrameAllowance(unreadAnswersMax, "that want an answer, and reads none");
    }

    void handle(YamuxHeader header) throws MuxerViolation {
        switch (header.type()) {
            case PING -> handlePing(header);
            case GO_AWAY -> remoteGoesAway = true;
            case DATA, WINDOW_UPDATE ->
                throw new MuxerViolation("a yamux frame of type " + header.type() + " names no stream");
        }
    }

    /** To be called before a frame that answers one of the remote's, so that it cannot make us queue without end. */
    void countAnswer() throws MuxerViolation {
        if (output.isWritable()) {
            unreadAnswers.restore();
        } else {
            unreadAnswers.use();
        }
    }

    /** The remote takes no streams any more. */
    boolean remoteGoesAway() {
        return remoteGoesAway;
    }

    /** We take no streams any more. */
    boolean weGoAway() {
        return weGoAway;
    }

    void goAway(GoAway reason) {
        if (weGoAway) {
            return;
        }
        weGoAway = true;
        int code = switch (reason) {
            case NORMAL -> 0;
            case PROTOCOL_ERROR -> 1;
            case INTERNAL_ERROR -> 2;
        };
        output.write(new YamuxHeader(Type.GO_AWAY, 0, STREAM_ID, code).toFrame(), null);
    }

    private void handlePing(YamuxHeader header) throws MuxerViolation {
        // An answer to a ping that we did not send helps nobody and harms nobody.
        if (header.has(YamuxHeader.SYN)) {
            countAnswer();
            output.write(new YamuxHeader(Type.PING, YamuxHeader.ACK, STREAM_ID, header.length()).toFrame(), null);
        }
    }
}
