package dev.peerscope.node;

import java.util.concurrent.atomic.AtomicInteger;

import dev.peerscope.limit.PeerUse;

/** Remembers how often it was paused and resumed. */
final class RecordingSource implements MessageSource {

    final PeerUse use;
    final AtomicInteger pauses = new AtomicInteger();
    final AtomicInteger resumes = new AtomicInteger();

    RecordingSource() {
        this(PeerUse.unlimited());
    }

    RecordingSource(PeerUse use) {
        this.use = use;
    }

    @Override
    public PeerUse use() {
        return use;
    }

    @Override
    public void pauseReading() {
        pauses.incrementAndGet();
    }

    @Override
    public void resumeReading() {
        resumes.incrementAndGet();
    }

    boolean isPaused() {
        return pauses.get() > resumes.get();
    }
}
