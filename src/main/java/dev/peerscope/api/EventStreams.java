package dev.peerscope.api;

import java.io.IOException;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.journal.ArchiveFailed;
import dev.peerscope.view.NodeNotReady;

/**
 * Streams of server-sent events as answers.
 *
 * <p>
 * A stream is written on the thread of its request, a virtual one, until either side ends it. A client that does not read holds up
 * this thread only; one that hangs up is noticed when something is written to it, which is normal.
 */
@Component
final class EventStreams {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final JsonMapper json;

    EventStreams(JsonMapper json) {
        this.json = json;
    }

    /** What one client is told. */
    interface Source extends AutoCloseable {

        /**
         * Writes what comes next, after waiting for it.
         *
         * @return whether there may be more
         */
        boolean writeNext(EventWriter out) throws IOException, InterruptedException;

        /** The stream has ended. */
        @Override
        void close();
    }

    /**
     * Answers with a stream, and returns when it has ended. A request for the headers alone gets them.
     *
     * @param source
     *            opens the stream; what it throws is answered as a problem
     */
    void answer(HttpServletRequest request, HttpServletResponse response, Supplier<Source> source) {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        try (var open = source.get()) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            write(request.getRequestURI(), open, new EventWriter(response, json));
        }
    }

    private static void write(String path, Source source, EventWriter out) {
        try {
            boolean more = true;
            while (more) {
                more = source.writeNext(out);
            }
        } catch (IOException e) {
            LOG.debug("client of a stream hung up: path={} reason={}", path, e.getMessage());
        } catch (NodeNotReady e) {
            LOG.debug("stream ended, the node is stopping or too busy: path={}", path);
        } catch (ArchiveFailed e) {
            // The client comes back with the last id that it has got.
            LOG.warn("stream ended, the history cannot be read: path={}", path, e);
        } catch (RuntimeException e) {
            // There is no room for a problem in an answer that has begun.
            LOG.error("stream failed unexpectedly: path={}", path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
