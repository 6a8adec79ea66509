package dev.peerscope.transport.mux;

/** How many frames of a kind that costs us and serves no stream a remote may send before something better comes. */
public final class FrameAllowance {

    private final int framesMax;
    private final String kind;
    private int frames;

    /**
     * @param kind
     *            what the frames are, as it is to stand in the rule
     */
    public FrameAllowance(int framesMax, String kind) {
        this.framesMax = framesMax;
        this.kind = kind;
    }

    public void use() throws MuxerViolation {
        if (++frames > framesMax) {
            throw new MuxerViolation("the remote sent more than " + framesMax + " frames in a row " + kind);
        }
    }

    public void restore() {
        frames = 0;
    }
}
