package dev.peerscope.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;

/** Blocks named by letters: a to z are the leaves 0 to 25 of one tree, A to Z are single blocks. */
final class Letters {

    static final Cid TREE = cid(CodexCodec.ROOT, "the tree of the letters");

    private Letters() {}

    static BlockAddress block(char letter) {
        return Character.isUpperCase(letter)
                ? new BlockAddress.Standalone(cid(CodexCodec.BLOCK, String.valueOf(letter)))
                : new BlockAddress.Leaf(TREE, letter - 'a');
    }

    static List<BlockAddress> blocks(String letters) {
        return letters.chars().mapToObj(letter -> block((char) letter)).toList();
    }

    static List<BlockSet> sets(String letters) {
        return BlockSet.group(blocks(letters));
    }

    static AddressSet set(String letters) {
        return AddressSet.of(blocks(letters));
    }

    static String letterOf(BlockAddress address) {
        if (address instanceof BlockAddress.Leaf(var tree, var index) && tree.equals(TREE) && index < 26) {
            return String.valueOf((char) ('a' + index));
        }
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            if (block(letter).equals(address)) {
                return String.valueOf(letter);
            }
        }
        return address.toString();
    }

    static Cid cid(CodexCodec codec, String text) {
        return Cid.v1(codec, Multihash.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}
