package dev.peerscope.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.peerscope.block.Block;
import dev.peerscope.block.Cid;
import dev.peerscope.dataset.Chunker;
import dev.peerscope.dataset.MerkleTree;

/** A dataset of random bytes, the same in every JVM that is told its numbers. */
final class TestDataset {

    private final List<Block> blocks = new ArrayList<>();
    private final MerkleTree tree;
    private final byte[] treeBytes;

    TestDataset(long seed, int count, int blockSize) {
        byte[] data = new byte[count * blockSize];
        new Random(seed).nextBytes(data);
        var chunker = new Chunker(data, blockSize);
        chunker.forEachRemaining(blocks::add);
        tree = chunker.finish(Optional.empty(), Optional.empty()).tree();
        treeBytes = tree.treeCid().toBytes();
    }

    /** Reads {@code seed:blocks:blockSize}. */
    static TestDataset parse(String text) {
        String[] numbers = text.split(":");
        return new TestDataset(Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]));
    }

    Cid treeCid() {
        return tree.treeCid();
    }

    int count() {
        return blocks.size();
    }

    boolean contains(Wanted entry) {
        return entry.isOf(treeBytes) && entry.index() < blocks.size();
    }

    byte[] delivery(Wanted entry) {
        int index = (int) entry.index();
        return Answers.delivery(entry, blocks.get(index).cid(), blocks.get(index).data(), tree.proof(index));
    }

    /** The right CID with data that is not its own, and every other time the right data with the proof of another leaf. */
    byte[] lie(Wanted entry) {
        int index = (int) entry.index();
        var block = blocks.get(index);
        if (index % 2 == 0) {
            byte[] wrong = block.data().clone();
            wrong[wrong.length / 2]++;
            return Answers.delivery(entry, block.cid(), wrong, tree.proof(index));
        }
        return Answers.delivery(entry, block.cid(), block.data(), tree.proof((index + 1) % blocks.size()));
    }
}
