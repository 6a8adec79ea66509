package dev.peerscope.node;

import java.util.concurrent.atomic.AtomicInteger;

/** Remembers how often it was paused and resumed. */
final class RecordingSource implements MessageSource {

    final AtomicInteger pauses = new AtomicInteger();
    final AtomicInteger resumes = new AtomicInteger();

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
