package dev.peerscope.transfer;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.MessageDigest;

import javax.crypto.Cipher;

/** One thread that reads from a socket, decrypts, and hashes block by block: {@code <port> <MiB>}. */
final class RawReceiver {

    private RawReceiver() {}

    public static void main(String[] arguments) throws Exception {
        Told.run(words -> receive(Integer.parseInt(words[0]), Long.parseLong(words[1]) << 20));
    }

    private static String receive(int port, long bytes) throws Exception {
        long cpu = Told.cpuNanos();
        long start = System.nanoTime();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var cipher = new RawLine(Cipher.DECRYPT_MODE);
            var sha = MessageDigest.getInstance("SHA-256");
            byte[] frame = new byte[1 << 16];
            byte[] data = new byte[1 << 16];
            var in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 18));
            int inBlock = 0;
            for (long left = bytes; left > 0;) {
                int length = in.readUnsignedShort();
                in.readFully(frame, 0, length);
                int plain = cipher.run(frame, 0, length, data, 0);
                left -= plain;
                for (int from = 0; from < plain;) {
                    int part = Math.min(plain - from, ServingNode.BLOCK_SIZE - inBlock);
                    sha.update(data, from, part);
                    from += part;
                    inBlock += part;
                    if (inBlock == ServingNode.BLOCK_SIZE) {
                        sha.digest();
                        inBlock = 0;
                    }
                }
            }
        }
        return System.nanoTime() - start + " " + (Told.cpuNanos() - cpu) + " -1";
    }
}
