package dev.peerscope.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.peerscope.peer.Multiaddr;

/** Passes connections on from another loopback address, so that who dials it comes from there. Linux has all of 127.0.0.0/8. */
final class Relay implements AutoCloseable {

    private final InetAddress from;
    private final InetSocketAddress target;
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Relay(String from, Multiaddr target) throws IOException {
        this.from = InetAddress.ofLiteral(from);
        this.target = new InetSocketAddress(target.host().orElseThrow(), target.tcpPort().orElseThrow());
        this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** What is to be dialled. */
    Multiaddr address() {
        return Multiaddr.ofTcp((InetSocketAddress) server.getLocalSocketAddress());
    }

    private void accept() {
        try {
            while (true) {
                var accepted = server.accept();
                var passedOn = new Socket();
                sockets.addAll(List.of(accepted, passedOn));
                passedOn.bind(new InetSocketAddress(from, 0));
                passedOn.connect(target);
                Thread.ofVirtual().start(() -> pass(accepted, passedOn));
                Thread.ofVirtual().start(() -> pass(passedOn, accepted));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void pass(Socket in, Socket out) {
        try (in; out) {
            in.getInputStream().transferTo(out.getOutputStream());
        } catch (IOException e) {
            // One of them has ended, and so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
