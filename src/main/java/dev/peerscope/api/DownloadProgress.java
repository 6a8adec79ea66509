package dev.peerscope.api;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import dev.peerscope.view.DownloadView;

/** How a download comes along, as events, until it has ended or is off the list. */
final class DownloadProgress implements EventStreams.Source {

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private final Supplier<Optional<DownloadView>> download;
    private final long looksBetweenPings;
    private final Semaphore place;
    private @Nullable DownloadView told;
    private long quietLooks;

    /**
     * @param download
     *            as it stands; empty when there is nothing more to tell
     * @param place
     *            a permit that the caller has taken; given back when the stream ends
     */
    DownloadProgress(Supplier<Optional<DownloadView>> download, Duration pingInterval, Semaphore place) {
        this.download = download;
        this.looksBetweenPings = Math.max(1, pingInterval.dividedBy(LOOK_INTERVAL));
        this.place = place;
    }

    @Override
    public boolean writeNext(EventWriter out) throws IOException, InterruptedException {
        if (told != null) {
            Thread.sleep(LOOK_INTERVAL);
        }
        var found = download.get();
        if (found.isEmpty()) {
            return false;
        }
        var now = found.get();
        if (!now.equals(told)) {
            out.event("progress", now);
            told = now;
            quietLooks = 0;
        } else if (++quietLooks % looksBetweenPings == 0) {
            out.comment("ping");
        }
        return now.finishedAt() == null;
    }

    @Override
    public void close() {
        place.release();
    }
}
