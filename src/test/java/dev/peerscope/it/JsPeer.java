package dev.peerscope.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import dev.peerscope.Patience;

/**
 * A Codex peer that this project did not write: js-libp2p in a process of its own, which does what it is told and reports
 * what it gets. Commands and events are those of {@code src/test/js/README.md}. Closing it ends the process.
 */
final class JsPeer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path PROGRAM = Path.of("src/test/js/peer.js");
    private static final Duration PATIENCE = Patience.LONG;
    private static final int COMPLAINTS_MAX = 40;

    private final Process process;
    private final Writer commands;
    private final JsEvents events = new JsEvents();
    private final ArrayDeque<String> complaints = new ArrayDeque<>();
    private final JsonNode ready;
    private int nextId;

    private JsPeer(Process process) {
        this.process = process;
        this.commands = process.outputWriter(UTF_8);
        read("js-peer-events", process.getInputStream(), line -> events.add(JSON.readTree(line)));
        read("js-peer-complaints", process.getErrorStream(), this::complain);
        this.ready = await("ready", event -> true);
    }

    static JsPeerOptions options() {
        return JsPeerOptions.DEFAULT;
    }

    static JsPeer start(JsPeerOptions options) {
        var command = new ProcessBuilder("node", PROGRAM.toString(), JSON.writeValueAsString(options.json()));
        try {
            return new JsPeer(command.start());
        } catch (IOException e) {
            throw new UncheckedIOException("node cannot be started", e);
        }
    }

    String peerId() {
        return ready.get("peer").asString();
    }

    /** Where it listens, with its peer id at the end. */
    String address() {
        return ready.get("addresses").get(0).asString();
    }

    // Connections

    /** Returns the muxer that was agreed on. */
    String dial(String address) {
        return command("dial", Map.of("address", address)).get("muxer").asString();
    }

    void leave() {
        command("leave", Map.of());
    }

    void abort() {
        command("abort", Map.of());
    }

    Duration ping() {
        return Duration.ofNanos((long) (command("ping", Map.of()).get("milliseconds").asDouble() * 1e6));
    }

    /** Its addresses under its signature, {@code spr:…}. */
    String record() {
        return command("record", Map.of()).get("spr").asString();
    }

    // What it has

    JsPeer setBlocks(JsBlocks... blocks) {
        return tell("setBlocks", Map.of("blocks", JsBlocks.list(blocks)));
    }

    /** Claims more, or the same at another price. */
    JsPeer addBlocks(JsBlocks... blocks) {
        return tell("addBlocks", Map.of("blocks", JsBlocks.list(blocks)));
    }

    JsPeer loseBlocks(JsBlocks... blocks) {
        return tell("loseBlocks", Map.of("blocks", JsBlocks.list(blocks)));
    }

    /** Makes a dataset that depends on the seed alone, and claims all of it. */
    JsDataset dataset(String seed, int count, int blockSize) {
        return JsDataset.of(command("dataset", Map.of("seed", seed, "count", count, "blockSize", blockSize)));
    }

    /** Makes the same dataset but claims nothing of it, so that it can be claimed in parts. */
    JsDataset datasetToClaim(String seed, int count, int blockSize) {
        return JsDataset.of(
                command("dataset", Map.of("seed", seed, "count", count, "blockSize", blockSize, "claim", false)));
    }

    // What it says unasked

    JsPeer announce(JsBlocks... blocks) {
        return tell("announce", blocks.length == 0 ? Map.of() : Map.of("blocks", JsBlocks.list(blocks)));
    }

    JsPeer deny(JsBlocks... blocks) {
        return tell("deny", Map.of("blocks", JsBlocks.list(blocks)));
    }

    // What it asks for

    JsPeer wantHave(JsBlocks... blocks) {
        return tell("wantHave", Map.of("blocks", JsBlocks.list(blocks), "sendDontHave", true));
    }

    JsPeer wantBlock(JsBlocks... blocks) {
        return tell("wantBlock", Map.of("blocks", JsBlocks.list(blocks)));
    }

    JsPeer cancel(JsBlocks... blocks) {
        return tell("cancel", Map.of("blocks", JsBlocks.list(blocks)));
    }

    // How it misbehaves

    JsPeer mute() {
        return tell("mute", Map.of("on", true));
    }

    JsPeer unmute() {
        return tell("mute", Map.of("on", false));
    }

    /** Spoils each delivery from now on: {@code wrongProof}, {@code wrongIndex}, {@code noProof}, {@code wrongData}. */
    JsPeer spoilDeliveries(String kind) {
        return tell("fault", Map.of("kind", kind));
    }

    JsPeer sendRaw(String hex) {
        return tell("sendRaw", Map.of("hex", hex));
    }

    JsPeer sendMessage(String hex) {
        return tell("sendMessage", Map.of("hex", hex));
    }

    JsPeer sendOversized(long length) {
        return tell("oversized", Map.of("length", length));
    }

    JsPeer closeStream() {
        return tell("closeStream", Map.of());
    }

    JsPeer resetStream() {
        return tell("resetStream", Map.of());
    }

    /** Any command with any fields. */
    JsonNode command(String name, Map<String, ?> fields) {
        int id = ++nextId;
        var line = new LinkedHashMap<String, Object>(fields);
        line.put("id", id);
        line.put("command", name);
        try {
            commands.write(JSON.writeValueAsString(line) + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new AssertionError("the peer takes no commands any more: " + complaints(), e);
        }
        var answer = await("answer", event -> event.get("id").asInt() == id);
        if (answer.has("error")) {
            throw new AssertionError(name + " failed: " + answer.get("error").asString());
        }
        return answer.get("result");
    }

    // What it gets

    /** The next event of this name that fits, of those not yet looked at. */
    JsonNode await(String name, Predicate<JsonNode> fits) {
        try {
            return events.await(name, PATIENCE, fits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
    }

    JsonNode await(String name) {
        return await(name, event -> true);
    }

    /** All events of this name so far, looked at or not. */
    List<JsonNode> events(String name) {
        return events.all(name);
    }

    /** What was reported so far is not waited for any more. */
    JsPeer forgetEvents() {
        events.skip();
        return this;
    }

    /** Ends the process as if its machine had lost power. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (process.waitFor(3, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException alreadyGone) {
            complain(alreadyGone.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    private JsPeer tell(String command, Map<String, ?> fields) {
        command(command, fields);
        return this;
    }

    private void read(String thread, InputStream from, Consumer<String> lines) {
        Thread.ofVirtual().name(thread).start(() -> {
            try (var reader = new BufferedReader(new InputStreamReader(from, UTF_8))) {
                reader.lines().forEach(lines);
            } catch (IOException | UncheckedIOException e) {
                complain(e.toString());
            }
            events.end("the process has ended: " + complaints());
        });
    }

    private void complain(String line) {
        synchronized (complaints) {
            complaints.add(line);
            if (complaints.size() > COMPLAINTS_MAX) {
                complaints.remove();
            }
        }
    }

    private String complaints() {
        synchronized (complaints) {
            return complaints.isEmpty() ? "it said nothing on standard error" : String.join("\n", complaints);
        }
    }
}
