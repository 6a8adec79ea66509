package dev.peerscope.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.noise.HandshakeFailed;
import dev.peerscope.transport.noise.HandshakeProgress;
import dev.peerscope.transport.noise.NoiseHandshake;
import dev.peerscope.transport.noise.SecureTransport;

/**
 * One connection, upgraded by hand: multistream, Noise, mplex, on a blocking socket. Nothing is read that is not asked for, so the
 * other side's writes stop when the buffers between the two are full. One thread reads; any may write.
 */
final class RawConnection implements Closeable {

    static final int NEW_STREAM = 0;
    static final int MESSAGE_RECEIVER = 1;
    static final int MESSAGE_INITIATOR = 2;

    private static final String MULTISTREAM = "/multistream/1.0.0";
    private static final String NOISE = "/noise";
    private static final String MPLEX = "/mplex/6.7.0";
    private static final int CONNECT_MILLIS = 10_000;
    /** A handshake that takes longer has failed; afterwards reads wait for as long as it takes. */
    private static final int HANDSHAKE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream plain;
    private final SecureTransport secure;
    private final IdentityKey identity;

    /** One frame of the muxer. */
    record Frame(long stream, int flag, byte[] data) {}

    private RawConnection(Socket socket, SecureTransport secure, IdentityKey identity) throws IOException {
        this.socket = socket;
        this.secure = secure;
        this.identity = identity;
        this.plain = new Decrypted(socket.getInputStream());
    }

    /**
     * Connects and upgrades.
     *
     * @param local
     *            the address to come from
     * @param receiveBuffer
     *            bytes that the system takes in for us while we do not read; 0 leaves it to the system
     */
    static RawConnection dial(InetSocketAddress remote, InetAddress local, IdentityKey identity, int receiveBuffer)
            throws IOException {
        var socket = connect(remote, local, receiveBuffer);
        try {
            return upgraded(socket, identity, true);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The side of who was dialled. */
    static RawConnection accept(Socket socket, IdentityKey identity) throws IOException {
        return upgraded(socket, identity, false);
    }

    /** A socket and nothing more. */
    static Socket connect(InetSocketAddress remote, InetAddress local, int receiveBuffer) throws IOException {
        var socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.bind(new InetSocketAddress(local, 0));
            socket.connect(remote, CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static RawConnection upgraded(Socket socket, IdentityKey identity, boolean weDial) throws IOException {
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        var in = socket.getInputStream();
        var out = socket.getOutputStream();
        if (weDial) {
            out.write(lines(MULTISTREAM, NOISE));
            expect(in, MULTISTREAM, NOISE);
        } else {
            expect(in, MULTISTREAM, NOISE);
            out.write(lines(MULTISTREAM, NOISE));
        }
        var connection = new RawConnection(socket, handshake(socket, identity, weDial), identity);
        if (weDial) {
            connection.encrypt(lines(MULTISTREAM, MPLEX));
            expect(connection.plain, MULTISTREAM, MPLEX);
        } else {
            connection.negotiateMuxer();
        }
        socket.setSoTimeout(0);
        return connection;
    }

    /** Says no to every muxer but mplex. */
    private void negotiateMuxer() throws IOException {
        expect(plain, MULTISTREAM);
        encrypt(lines(MULTISTREAM));
        for (var proposed = line(plain); !proposed.equals(MPLEX); proposed = line(plain)) {
            encrypt(lines("na"));
        }
        encrypt(lines(MPLEX));
    }

    private static SecureTransport handshake(Socket socket, IdentityKey identity, boolean weDial) throws IOException {
        var handshake = weDial
                ? NoiseHandshake.initiator(identity, List.of(), remote -> Optional.empty())
                : NoiseHandshake.responder(identity, List.of(), remote -> Optional.empty());
        var first = handshake.open();
        if (first.isPresent()) {
            writeNoise(socket, first.get());
        }
        var in = new DataInputStream(socket.getInputStream());
        try {
            while (true) {
                switch (handshake.received(in.readNBytes(in.readUnsignedShort()))) {
                    case HandshakeProgress.Answer(byte[] message) -> writeNoise(socket, message);
                    case HandshakeProgress.Established(var message, var session) -> {
                        if (message.isPresent()) {
                            writeNoise(socket, message.get());
                        }
                        return session.transport();
                    }
                }
            }
        } catch (HandshakeFailed e) {
            throw new IOException("the handshake failed", e);
        }
    }

    private static void writeNoise(Socket socket, byte[] message) throws IOException {
        byte[] frame = new byte[message.length + 2];
        frame[0] = (byte) (message.length >> Byte.SIZE);
        frame[1] = (byte) message.length;
        System.arraycopy(message, 0, frame, 2, message.length);
        socket.getOutputStream().write(frame);
    }

    /** Waits for the next frame. */
    Frame read() throws IOException {
        long header = varint(plain);
        byte[] data = plain.readNBytes((int) varint(plain));
        return new Frame(header >>> 3, (int) header & 7, data);
    }

    /** Writes a frame, and waits until the socket has taken it. */
    void write(long stream, int flag, byte[] data) throws IOException {
        var frame = new ByteArrayOutputStream(data.length + 16);
        writeVarint(frame, stream << 3 | flag);
        writeVarint(frame, data.length);
        frame.writeBytes(data);
        encrypt(frame.toByteArray());
    }

    /** Takes one byte from the socket, whatever it means; -1 at its end. From then on {@link #read} is of no use. */
    int takeRawByte() throws IOException {
        return socket.getInputStream().read();
    }

    String peerId() {
        return identity.peerId().toString();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Frames leave in the order in which they were encrypted. */
    private synchronized void encrypt(byte[] bytes) throws IOException {
        var encrypted = secure.encrypt(Unpooled.wrappedBuffer(bytes), UnpooledByteBufAllocator.DEFAULT);
        socket.getOutputStream().write(encrypted.array(), encrypted.arrayOffset() + encrypted.readerIndex(),
                encrypted.readableBytes());
    }

    /** Lines of multistream. */
    static byte[] lines(String... texts) {
        var out = new ByteArrayOutputStream();
        for (var text : texts) {
            byte[] line = (text + "\n").getBytes(UTF_8);
            writeVarint(out, line.length);
            out.writeBytes(line);
        }
        return out.toByteArray();
    }

    /** Reads a line of multistream. */
    static String line(InputStream in) throws IOException {
        return new String(in.readNBytes((int) varint(in)), UTF_8).strip();
    }

    private static void expect(InputStream in, String... lines) throws IOException {
        for (var expected : lines) {
            var line = line(in);
            if (!line.equals(expected)) {
                throw new IOException("said '" + line + "' instead of " + expected);
            }
        }
    }

    static void writeVarint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long varint(InputStream in) throws IOException {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** What comes, frame by frame of Noise. */
    private final class Decrypted extends InputStream {

        private final DataInputStream in;
        private byte[] current = {};
        private int at;

        Decrypted(InputStream in) {
            this.in = new DataInputStream(in);
        }

        @Override
        public int read() throws IOException {
            return fill() ? current[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int taken = Math.min(length, current.length - at);
            System.arraycopy(current, at, into, offset, taken);
            at += taken;
            return taken;
        }

        private boolean fill() throws IOException {
            while (at == current.length) {
                int high = in.read();
                if (high < 0) {
                    return false;
                }
                byte[] frame = in.readNBytes(high << Byte.SIZE | in.read());
                try {
                    var decrypted = secure.decrypt(Unpooled.wrappedBuffer(frame), UnpooledByteBufAllocator.DEFAULT);
                    current = new byte[decrypted.readableBytes()];
                    decrypted.readBytes(current);
                    at = 0;
                } catch (AEADBadTagException e) {
                    throw new IOException("a Noise frame is not authentic", e);
                }
            }
            return true;
        }
    }
}
