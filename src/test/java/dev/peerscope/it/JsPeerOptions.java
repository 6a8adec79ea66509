package dev.peerscope.it;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a {@link JsPeer} is to be; each method gives a changed copy. Defaults are those of {@code src/test/js/README.md}. */
record JsPeerOptions(Map<String, Object> json) {

    static final JsPeerOptions DEFAULT = new JsPeerOptions(Map.of());

    JsPeerOptions {
        json = Map.copyOf(json);
    }

    /** {@code secp256k1} or {@code ed25519}. */
    JsPeerOptions identity(String type) {
        return with("identity", type);
    }

    /** The private key as hex, so that a peer comes back as itself. */
    JsPeerOptions key(String hex) {
        return with("key", hex);
    }

    /** {@code mplex}, {@code yamux}, the preferred one first. */
    JsPeerOptions muxers(String... names) {
        return with("muxers", List.of(names));
    }

    /** Whether muxers are negotiated within the Noise handshake if the other side does so too. */
    JsPeerOptions earlyMuxer(boolean on) {
        return with("earlyMuxer", on);
    }

    JsPeerOptions identify(boolean on) {
        return with("identify", on);
    }

    /** Cannot be dialled. */
    JsPeerOptions dialsOnly() {
        return with("listen", List.of());
    }

    /** Answers on the stream of the request instead of one of its own. */
    JsPeerOptions answersOnRequest() {
        return with("answerOn", "request");
    }

    JsPeerOptions agent(String name) {
        return with("agent", name);
    }

    /** Says nothing of its own accord, and closes a connection after so long without traffic. */
    JsPeerOptions idleTimeout(Duration time) {
        return with("idleTimeout", time.toMillis()).with("keepAlive", false);
    }

    JsPeer start() {
        return JsPeer.start(this);
    }

    private JsPeerOptions with(String name, Object value) {
        var changed = new LinkedHashMap<>(json);
        changed.put(name, value);
        return new JsPeerOptions(changed);
    }
}
