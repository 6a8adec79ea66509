package dev.peerscope.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.view.MadeKey;
import dev.peerscope.view.PeerKey;
import dev.peerscope.view.Slice;

/**
 * How the place in one kind of list is written as an opaque text: base64url of version, name of the list, key, and a checksum
 * over these.
 *
 * <p>A cursor holds the key of the last item of a page, not a count, so it stays good while the list changes. One of another
 * list, or one that somebody changed, is refused.
 *
 * @param list which list, and in which order
 */
record Cursor<K>(String list, Function<K, String> write, Function<String, K> read) {

    private static final byte VERSION = 1;
    private static final char END_OF_LIST_NAME = '|';

    static Cursor<BlockAddress> ofAddresses(String list) {
        return new Cursor<>(list, BlockAddress::toString, text -> {
            int slash = text.indexOf('/');
            return slash < 0 ? new BlockAddress.Standalone(Cid.parse(text))
                    : new BlockAddress.Leaf(Cid.parse(text.substring(0, slash)),
                            Long.parseLong(text.substring(slash + 1)));
        });
    }

    static Cursor<Cid> ofCids(String list) {
        return new Cursor<>(list, Cid::toString, Cid::parse);
    }

    static Cursor<Long> ofNumbers(String list) {
        return new Cursor<>(list, number -> Long.toString(number), Long::valueOf);
    }

    static Cursor<PeerKey> ofPeers(String list) {
        return new Cursor<>(list, key -> key.value() + "/" + key.peerId(), text -> {
            int slash = text.indexOf('/');
            return new PeerKey(Long.parseLong(text.substring(0, slash)), text.substring(slash + 1));
        });
    }

    static Cursor<MadeKey> ofMade(String list) {
        return new Cursor<>(list, key -> key.at() + "/" + key.id(), text -> {
            int slash = text.indexOf('/');
            return new MadeKey(Instant.parse(text.substring(0, slash)), text.substring(slash + 1));
        });
    }

    /** The page of a slice. */
    <T> Page<T> page(Slice<T, K> slice) {
        return new Page<>(slice.items(), slice.next().map(this::encode).orElse(null));
    }

    String encode(K key) {
        byte[] text = (list + END_OF_LIST_NAME + write.apply(key)).getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(1 + text.length + Integer.BYTES).put(VERSION).put(text);
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(bytes.putInt(checksum(bytes.array(), bytes.position())).array());
    }

    /** The key after which to go on; empty for no cursor. */
    Optional<K> decode(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(keyIn(Base64.getUrlDecoder().decode(cursor))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw new ApiProblem(Problem.of(ProblemType.MALFORMED_CURSOR, ProblemType.MALFORMED_CURSOR.exampleDetail()),
                    e);
        }
    }

    private String keyIn(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < 1 || bytes[0] != VERSION || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
            throw new IllegalArgumentException("not a cursor of this version");
        }
        String text = new String(bytes, 1, end - 1, StandardCharsets.UTF_8);
        String expected = list + END_OF_LIST_NAME;
        if (!text.startsWith(expected)) {
            throw new IllegalArgumentException("a cursor of another list");
        }
        return text.substring(expected.length());
    }

    private static int checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
