package dev.peerscope.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import dev.peerscope.attack.SocketPeer.Talk;
import dev.peerscope.transport.identity.IdentityKey;
import dev.peerscope.transport.identity.KeyType;

/** A peer that means well and lives in the JVM of the test, so that attackers do not slow it down more than they must. */
final class HonestPeer {

    private HonestPeer() {}

    /** Joins from this address. */
    static SocketPeer join(Service service, InetAddress from, Talk talk) throws IOException {
        return new SocketPeer(RawConnection.dial(service.address(), from, IdentityKey.generate(KeyType.SECP256K1), 0),
                talk);
    }

    static SocketPeer join(Service service, Talk talk) throws IOException {
        return join(service, InetAddress.getLoopbackAddress(), talk);
    }

    /** One that can be dialled, once. */
    static final class Listening implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket();
        private final IdentityKey identity = IdentityKey.generate(KeyType.SECP256K1);

        Listening(Talk talk) throws IOException {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofVirtual().start(() -> {
                try {
                    var unused = new SocketPeer(RawConnection.accept(listener.accept(), identity), talk);
                } catch (IOException e) {
                    // Nobody dials any more.
                }
            });
        }

        String address() {
            return "/ip4/127.0.0.1/tcp/" + listener.getLocalPort() + "/p2p/" + identity.peerId();
        }

        String peerId() {
            return identity.peerId().toString();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
