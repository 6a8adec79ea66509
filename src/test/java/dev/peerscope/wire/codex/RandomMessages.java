package dev.peerscope.wire.codex;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.message.Account;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.Payment;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;

/** Makes messages of any content that is valid; few trees and low indices, so that records meet. */
final class RandomMessages {

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    ExchangeMessage next() {
        return new ExchangeMessage(new WantList(some(this::entry), random.nextBoolean()), some(this::delivery),
                some(this::presence), random.nextLong(), maybe(() -> Account.of(bytes(20))),
                maybe(() -> new Payment("{\"paid\":" + random.nextInt() + "}")), List.of());
    }

    private <T> List<T> some(Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(20)).toList();
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private WantListEntry entry() {
        WantType type = random.nextBoolean() ? WantType.HAVE : WantType.BLOCK;
        int priority = random.nextInt() >>> 1 + random.nextInt(31);
        return new WantListEntry(address(), priority, random.nextBoolean(), type, random.nextBoolean());
    }

    BlockPresence presence() {
        BlockSet blocks = BlockSet.of(address());
        return random.nextInt(3) == 0
                ? BlockPresence.dontHave(blocks)
                : BlockPresence.have(blocks, random.nextBoolean() ? Price.ZERO : price());
    }

    private Price price() {
        return random.nextInt(4) == 0 ? Price.ofBytes(bytes(32)) : Price.of(random.nextInt(20));
    }

    private BlockDelivery delivery() {
        Block block = Block.of(CodexCodec.BLOCK, bytes(random.nextInt(300)));
        BlockAddress address = address();
        return new BlockDelivery(address, block,
                address instanceof BlockAddress.Leaf ? maybe(this::proof) : Optional.empty());
    }

    private MerkleProof proof() {
        return new MerkleProof(random.nextInt(5), 5, bytes(3 * 32));
    }

    private BlockAddress address() {
        return random.nextInt(4) == 0
                ? new BlockAddress.Standalone(cid(CodexCodec.BLOCK, 5))
                : new BlockAddress.Leaf(cid(CodexCodec.ROOT, 3), index());
    }

    private long index() {
        return random.nextInt(10) == 0 ? random.nextLong() >>> 1 + random.nextInt(62) : random.nextInt(300);
    }

    private Cid cid(CodexCodec codec, int different) {
        return Cid.v1(codec, Multihash.sha256(new byte[]{(byte) random.nextInt(different)}));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
