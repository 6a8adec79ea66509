package dev.peerscope.api;

import java.io.IOException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import dev.peerscope.journal.ArchiveFailed;
import dev.peerscope.journal.Delivery.Change;
import dev.peerscope.journal.Delivery.End;
import dev.peerscope.journal.Delivery.Gap;
import dev.peerscope.journal.Delivery.Idle;
import dev.peerscope.journal.Subscription;
import dev.peerscope.view.PresenceChangeView;

/**
 * Writes what a subscription delivers to one client, on a virtual thread of its own, until either side ends it.
 *
 * <p>A client that does not read holds up this thread only; what it misses meanwhile it is told as a gap.
 */
final class ChangeStream {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeStream.class);

    private static final long NO_TIMEOUT = 0;

    private final Subscription subscription;
    private final Duration pingInterval;
    private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);

    private ChangeStream(Subscription subscription, Duration pingInterval) {
        this.subscription = subscription;
        this.pingInterval = pingInterval;
        emitter.onCompletion(subscription::close);
        emitter.onError(_ -> subscription.close());
    }

    /** Begins to write; the subscription is closed when the stream ends. */
    static SseEmitter start(Subscription subscription, Duration pingInterval) {
        var stream = new ChangeStream(subscription, pingInterval);
        Thread.ofVirtual().name("presence-change-stream").start(stream::run);
        return stream.emitter;
    }

    private void run() {
        try (subscription) {
            emitter.send(SseEmitter.event().comment("connected"));
            boolean open = true;
            while (open) {
                open = sendNext();
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or the server has ended the request: either way nobody reads any more.
            emitter.completeWithError(e);
        } catch (ArchiveFailed e) {
            // The reader comes back with the last id that it has got.
            LOG.atWarn().setCause(e).log("a stream of presence changes ended, as the history cannot be read");
            emitter.complete();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a stream of presence changes failed unexpectedly");
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        }
    }

    private boolean sendNext() throws IOException, InterruptedException {
        switch (subscription.next(pingInterval)) {
            case Change(var entry) -> emitter.send(SseEmitter.event().id(Long.toString(entry.sequence()))
                    .name(entry.change().change().text())
                    .data(PresenceChangeView.of(entry), MediaType.APPLICATION_JSON));
            case Gap gap -> emitter.send(SseEmitter.event().id(Long.toString(gap.to())).name("gap")
                    .data(GapView.of(gap), MediaType.APPLICATION_JSON));
            case Idle _ -> emitter.send(SseEmitter.event().comment("ping"));
            case End _ -> {
                return false;
            }
        }
        return true;
    }
}
