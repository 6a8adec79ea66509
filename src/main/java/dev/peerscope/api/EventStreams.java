package dev.peerscope.api;

import java.util.function.Supplier;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams of events as answers. */
final class EventStreams {

    private EventStreams() {}

    /**
     * Begins a stream for who reads it. Who asks for the headers alone gets them: what is written to it goes nowhere, so that its
     * end would never be noticed.
     */
    static ResponseEntity<SseEmitter> answer(HttpMethod method, Supplier<SseEmitter> stream) {
        var answer = ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM);
        return HttpMethod.HEAD.equals(method) ? answer.build() : answer.body(stream.get());
    }
}
