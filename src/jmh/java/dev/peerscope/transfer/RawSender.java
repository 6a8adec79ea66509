package dev.peerscope.transfer;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

import javax.crypto.Cipher;

/** One thread that encrypts blocks and writes them to a socket: {@code serve <MiB>} answers {@code <port> <MiB>}. */
final class RawSender {

    private RawSender() {}

    public static void main(String[] arguments) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Told.run(words -> {
                long bytes = Long.parseLong(words[1]) << 20;
                Thread.ofPlatform().daemon().start(() -> send(server, bytes));
                return server.getLocalPort() + " " + words[1];
            });
        }
    }

    private static void send(ServerSocket server, long bytes) {
        try (var socket = server.accept()) {
            socket.setTcpNoDelay(true);
            var cipher = new RawLine(Cipher.ENCRYPT_MODE);
            byte[] data = new byte[RawLine.PLAINTEXT];
            new SplittableRandom(1).nextBytes(data);
            byte[] frame = new byte[2 + RawLine.PLAINTEXT + RawLine.TAG];
            var out = socket.getOutputStream();
            for (long left = bytes; left > 0;) {
                int length = (int) Math.min(left, RawLine.PLAINTEXT);
                int written = cipher.run(data, 0, length, frame, 2);
                frame[0] = (byte) (written >>> 8);
                frame[1] = (byte) written;
                out.write(frame, 0, 2 + written);
                left -= length;
            }
        } catch (Exception e) {
            throw new IllegalStateException("the raw line broke", e);
        }
    }
}
