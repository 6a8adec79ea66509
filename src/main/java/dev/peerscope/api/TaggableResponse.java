package dev.peerscope.api;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Keeps what is written until a tag is made from it. Events have no end to make a tag from: they go out as they come, whatever the
 * path was that asked for them, and nothing of them is kept.
 */
final class TaggableResponse extends ContentCachingResponseWrapper {

    private final HttpServletResponse response;

    TaggableResponse(HttpServletResponse response) {
        super(response);
        this.response = response;
    }

    /** Whether it is a stream of events. Its type is known before its first byte is written, and stays. */
    boolean isStream() {
        String type = getContentType();
        return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return isStream() ? response.getOutputStream() : super.getOutputStream();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (isStream()) {
            response.flushBuffer();
        } else {
            super.flushBuffer();
        }
    }
}
