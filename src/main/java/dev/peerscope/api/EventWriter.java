package dev.peerscope.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as the section on server-sent events of the HTML standard frames them; each one leaves at once. */
final class EventWriter {

    private final HttpServletResponse response;
    private final JsonMapper json;

    EventWriter(HttpServletResponse response, JsonMapper json) {
        this.response = response;
        this.json = json;
    }

    /** Tells nothing, and shows that the stream is alive. */
    void comment(String text) throws IOException {
        write(":" + text + "\n\n");
    }

    /** An event with data as JSON, in one line. */
    void event(String name, Object data) throws IOException {
        write("event:" + name + "\ndata:" + json.writeValueAsString(data) + "\n\n");
    }

    /** An event after which a client can go on that comes back. */
    void event(long id, String name, Object data) throws IOException {
        write("id:" + id + "\nevent:" + name + "\ndata:" + json.writeValueAsString(data) + "\n\n");
    }

    private void write(String text) throws IOException {
        var out = response.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
