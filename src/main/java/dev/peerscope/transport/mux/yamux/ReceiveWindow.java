package dev.peerscope.transport.mux.yamux;

import dev.peerscope.transport.mux.MuxerViolation;

/**
 * How much the remote may still send on a stream. What it has sent and we have read is given back once that is half of the
 * window, and not at all while reading is paused: then the remote runs out of window and stops.
 */
final class ReceiveWindow {

    private final long size;
    private long granted;
    private long read;
    private boolean paused;

    /**
     * @param size
     *            what it is to be
     * @param granted
     *            what the remote knows of, at most {@code size}
     */
    ReceiveWindow(long size, long granted) {
        this.size = size;
        this.granted = granted;
        this.read = size - granted;
    }

    /** Bytes that the remote may send now. */
    long granted() {
        return granted;
    }

    /** A frame with so much data begins. */
    void use(long length) throws MuxerViolation {
        if (length > granted) {
            throw new MuxerViolation(
                    "a yamux frame has " + length + " bytes where the stream's window is " + granted + " bytes");
        }
        granted -= length;
    }

    void read(int length) {
        read += length;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** What the remote should be told that it may send more; 0 if it is not worth a frame. */
    long takeUpdate() {
        return paused || read < size / 2 ? 0 : takeAll();
    }

    /** What the remote should be told at once, however little. */
    long takeAll() {
        long update = read;
        granted += update;
        read = 0;
        return update;
    }
}
