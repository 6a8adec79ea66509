package dev.peerscope.transport;

/** The bounds of a host that a remote can meet. */
public enum TransportLimit {
    /** See {@link TransportLimits#connectionsMax()}. */
    CONNECTIONS,
    /** See {@link TransportLimits#connectionsPerPeerMax()}. */
    PEER_CONNECTIONS,
    /** See {@link TransportLimits#inboundHandshakesMax()}. */
    INBOUND_HANDSHAKES,
    /** See {@link dev.peerscope.transport.mux.MuxerLimits#inboundStreamsMax()}. */
    CONNECTION_STREAMS,
    /** See {@link dev.peerscope.transport.mux.MuxerLimits#receivedFrameMax()}. */
    FRAME_LENGTH,
    /** See {@link dev.peerscope.transport.mux.MuxerLimits#streamOutboundMax()}. */
    STREAM_OUTBOUND,
    /** See {@link TransportLimits#outboundBytesMax()}. */
    SOCKET_OUTBOUND,
    /** Bytes of one text in identify, and how much may be said there in all. */
    AGENT_LENGTH
}
