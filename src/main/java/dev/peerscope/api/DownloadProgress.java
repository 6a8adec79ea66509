package dev.peerscope.api;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import dev.peerscope.view.DownloadView;
import dev.peerscope.view.DownloadViews;
import dev.peerscope.view.NodeNotReady;

/**
 * Tells one client how a download comes along, on a virtual thread of its own, until the download has ended or is off the list,
 * or the client is gone.
 */
final class DownloadProgress {

    private static final Logger LOG = LoggerFactory.getLogger(DownloadProgress.class);

    private static final long NO_TIMEOUT = 0;
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private final String id;
    private final DownloadViews views;
    private final long looksBetweenPings;
    private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable DownloadView told;
    private long quietLooks;

    private DownloadProgress(String id, DownloadViews views, Duration pingInterval) {
        this.id = id;
        this.views = views;
        this.looksBetweenPings = Math.max(1, pingInterval.dividedBy(LOOK_INTERVAL));
        emitter.onCompletion(closed::countDown);
        emitter.onError(_ -> closed.countDown());
    }

    /**
     * Begins to tell.
     *
     * @param place
     *            a permit that the caller has taken; given back when the stream ends
     */
    static SseEmitter start(String id, DownloadViews views, Duration pingInterval, Semaphore place) {
        var progress = new DownloadProgress(id, views, pingInterval);
        Thread.ofVirtual().name("download-progress").start(() -> {
            try {
                progress.run();
            } finally {
                place.release();
            }
        });
        return progress.emitter;
    }

    private void run() {
        try {
            boolean more = tell(views.find(id));
            while (more && !closed.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                more = tell(views.find(id));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or the server has ended the request: either way nobody reads any more.
            emitter.completeWithError(e);
        } catch (NodeNotReady e) {
            // It is stopping, or too busy: there is nothing to tell, and no room for a problem in an answer that has begun.
            emitter.complete();
        } catch (RuntimeException e) {
            LOG.error("the progress of a download failed unexpectedly: download={}", id, e);
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        }
    }

    /** Whether there will be more to tell. */
    private boolean tell(Optional<DownloadView> found) throws IOException {
        if (found.isEmpty()) {
            return false;
        }
        var download = found.get();
        if (!download.equals(told)) {
            emitter.send(SseEmitter.event().name("progress").data(download, MediaType.APPLICATION_JSON));
            told = download;
            quietLooks = 0;
        } else if (++quietLooks % looksBetweenPings == 0) {
            emitter.send(SseEmitter.event().comment("ping"));
        }
        return download.finishedAt() == null;
    }
}
