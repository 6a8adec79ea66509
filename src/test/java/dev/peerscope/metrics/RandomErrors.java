package dev.peerscope.metrics;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;

/** What goes wrong at the service's two doors, in words that it has never heard: noise at one, senseless requests at the other. */
final class RandomErrors {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Random random;
    private final String api;
    private final Multiaddr node;

    RandomErrors(long seed, int port, Multiaddr node) {
        this.random = new Random(seed);
        this.api = "http://127.0.0.1:" + port + "/api/v1";
        this.node = node;
    }

    void cause() throws Exception {
        noiseAtTheNodesDoor();
        get("/peers/" + text());
        get("/" + text() + "/" + text());
        get("/peers?sort=" + text() + "&" + text() + "=" + text());
        get("/blocks/" + text() + "/peers");
        get("/presence-changes?reason=" + text());
        send("POST", "/peers", "{\"address\": \"" + text() + "\"}");
        send("POST", "/peers", "{\"address\": \"" + wrongPeer() + "\"}");
        send("POST", "/watches", text());
        send(text().substring(0, 4).toUpperCase(Locale.ROOT), "/watches/" + text(), "");
    }

    /** It is refused when it turns out to be no multistream, or when it ends. */
    private void noiseAtTheNodesDoor() throws IOException {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        try (var socket = new Socket("127.0.0.1", node.tcpPort().orElseThrow())) {
            socket.getOutputStream().write(noise);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The node has closed before it read everything, which is its right.
        }
    }

    /** An address where the node itself answers, and not the peer that is named. */
    private String wrongPeer() {
        byte[] key = new byte[36];
        random.nextBytes(key);
        return node + "/p2p/" + PeerId.ofPublicKey(key);
    }

    private void get(String path) throws Exception {
        send("GET", path, "");
    }

    private void send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(api + path)).header("Content-Type", "application/json")
                .header("User-Agent", text()).method(method, BodyPublishers.ofString(body)).build();
        HTTP.send(request, BodyHandlers.discarding());
    }

    private String text() {
        var letters = random.ints(4 + random.nextInt(20), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return URLEncoder.encode(letters.toString(), StandardCharsets.UTF_8);
    }
}
