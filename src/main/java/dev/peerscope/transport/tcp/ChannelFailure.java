package dev.peerscope.transport.tcp;

import java.io.IOException;

import io.netty.handler.codec.DecoderException;

/** What a failure on a channel is to those who read of it: sentences that name no class of ours or of a library. */
final class ChannelFailure {

    /** For a failure that is ours: what it was is for the log alone. */
    static final String UNEXPECTED = "an unexpected failure on our side; the log of the service has the details";

    private ChannelFailure() {}

    /** The failure itself, without what a decoder puts around it. */
    static Throwable origin(Throwable caught) {
        return caught instanceof DecoderException && caught.getCause() != null ? caught.getCause() : caught;
    }

    /** How the socket failed, in the words of the operating system if it had any. */
    static String sentence(IOException lost) {
        return lost.getMessage() == null ? "the connection broke" : "the connection broke: " + lost.getMessage();
    }
}
