package dev.peerscope.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.peerscope.block.Cid;
import dev.peerscope.peer.PeerAddress;

/** A {@link ServingNode} in a JVM of its own. */
record ServingProcess(Process process, PeerAddress address, Cid treeCid) implements AutoCloseable {

    static ServingProcess start(Path keyFile, String listenAddress, int blocks, long seed) throws IOException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                ServingNode.class.getName(), keyFile.toString(), listenAddress, Integer.toString(blocks),
                Long.toString(seed)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("serving ")) {
                String[] words = line.split(" ");
                return new ServingProcess(process, PeerAddress.parse(words[1]), Cid.parse(words[2]));
            }
        }
        throw new IOException("the other process ended before it served: exit " + process.exitValue());
    }

    /** SIGKILL: it has no chance to say goodbye. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
