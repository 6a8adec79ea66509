package dev.peerscope.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.PresenceType;
import dev.peerscope.wire.codex.CodexDialect;

/** Presence messages as peers send them: 1,024 neighbouring leaves of one tree each, in ascending order. */
public final class PresenceMessages {

    /** Records in each message: what a Codex node puts into one. */
    public static final int RECORDS = 1024;

    private static final Price PRICE = Price.of(1000);

    /** What a peer says of the leaves. */
    public enum Pattern {
        /** It has all of them: a peer that has finished. */
        COMPLETE,
        /** It has long stretches and lacks others: a peer that downloads in order from several places. */
        STRETCHES,
        /** It has or denies each, by a coin: the worst for whatever lives from runs. */
        SCATTERED
    }

    private PresenceMessages() {}

    /** The CID of a tree, the same for the same number. */
    public static Cid tree(int number) {
        return Cid.v1(CodexCodec.ROOT,
                Multihash.sha256(("tree " + number).getBytes(StandardCharsets.UTF_8)));
    }

    /** The message about the leaves {@code batch * 1024} and following; the same arguments, the same message. */
    public static ExchangeMessage message(Cid tree, int batch, Pattern pattern, long seed) {
        var random = new SplittableRandom(seed * 31 + batch);
        var had = BlockRanges.builder();
        var denied = BlockRanges.builder();
        boolean has = true;
        for (int i = 0; i < RECORDS; i++) {
            has = switch (pattern) {
                case COMPLETE -> true;
                case STRETCHES -> i % 64 == 0 ? random.nextInt(4) > 0 : has;
                case SCATTERED -> random.nextBoolean();
            };
            (has ? had : denied).add((long) batch * RECORDS + i);
        }
        List<BlockPresence> presences = new ArrayList<>();
        addTo(presences, tree, had.build(), PresenceType.HAVE, PRICE);
        addTo(presences, tree, denied.build(), PresenceType.DONT_HAVE, Price.ZERO);
        return ExchangeMessage.ofPresences(presences);
    }

    private static void addTo(List<BlockPresence> presences, Cid tree, BlockRanges ranges, PresenceType type,
            Price price) {
        if (!ranges.isEmpty()) {
            presences.add(new BlockPresence(new BlockSet.Leaves(tree, ranges), type, price));
        }
    }

    /** The same as bytes of a stream, records in ascending order whatever they say. */
    public static byte[] encoded(Cid tree, int batch, Pattern pattern, long seed) {
        ByteBuf encoded = new CodexDialect().encoder().encode(ascending(message(tree, batch, pattern, seed)),
                UnpooledByteBufAllocator.DEFAULT);
        try {
            byte[] bytes = new byte[encoded.readableBytes()];
            encoded.readBytes(bytes);
            return bytes;
        } finally {
            encoded.release();
        }
    }

    private static ExchangeMessage ascending(ExchangeMessage message) {
        List<BlockPresence> records = new ArrayList<>();
        for (BlockPresence run : message.presences()) {
            run.blocks().addresses().forEach(
                    address -> records.add(new BlockPresence(BlockSet.of(address), run.type(), run.price())));
        }
        records.sort((a, b) -> Long.compare(((BlockSet.Leaves) a.blocks()).ranges().lowest(),
                ((BlockSet.Leaves) b.blocks()).ranges().lowest()));
        return ExchangeMessage.ofPresences(records);
    }
}
