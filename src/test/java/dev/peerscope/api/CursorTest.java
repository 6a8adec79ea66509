package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.view.Examples;
import dev.peerscope.view.MadeKey;
import dev.peerscope.view.PeerKey;

class CursorTest {

    private static final Cid TREE = Cid.parse(Examples.TREE_CID);
    private static final Cursor<BlockAddress> BLOCKS = Cursor.ofAddresses("blocks");
    private static final Cursor<MadeKey> WATCHES = Cursor.ofMade("watches");

    @Test
    void aKeyComesBackAsItWasWritten() {
        var leaf = new BlockAddress.Leaf(TREE, Long.MAX_VALUE);
        var single = new BlockAddress.Standalone(Cid.parse(Examples.BLOCK_CID));
        var peers = Cursor.ofPeers("peers -haveCount");
        var key = new PeerKey(Long.MIN_VALUE, Examples.PEER_ID);
        var made = new MadeKey(Instant.parse(Examples.TIME).plusNanos(1), Examples.ID);

        assertThat(BLOCKS.decode(BLOCKS.encode(leaf))).contains(leaf);
        assertThat(BLOCKS.decode(BLOCKS.encode(single))).contains(single);
        assertThat(peers.decode(peers.encode(key))).contains(key);
        assertThat(WATCHES.decode(WATCHES.encode(made))).contains(made);
    }

    @Test
    void noCursorIsTheBeginning() {
        assertThat(BLOCKS.decode(null)).isEmpty();
        assertThat(BLOCKS.decode("")).isEmpty();
    }

    @Test
    void aCursorOfAnotherListOrAnotherOrderIsRefused() {
        var byHaveCount = Cursor.ofPeers("peers haveCount");
        var cursor = byHaveCount.encode(new PeerKey(7, Examples.PEER_ID));

        assertThatThrownBy(() -> Cursor.ofPeers("peers -haveCount").decode(cursor)).isInstanceOf(ApiProblem.class);
        assertThatThrownBy(() -> BLOCKS.decode(cursor)).isInstanceOf(ApiProblem.class);
    }

    /** The checksum is no secret. */
    @Test
    void aKeyThatCannotBeIsRefused() {
        var texts = new Cursor<String>("watches", text -> text, text -> text);
        for (String key : List.of("", "/", "today/w1", "2026-13-01T00:00:00Z/w1")) {
            assertThatThrownBy(() -> WATCHES.decode(texts.encode(key))).as(key).isInstanceOf(ApiProblem.class);
        }
    }

    @Test
    void aCursorWithAnyCharacterChangedIsRefused() {
        var cursor = BLOCKS.encode(new BlockAddress.Leaf(TREE, 12));

        IntStream.range(0, cursor.length()).forEach(at -> {
            char other = cursor.charAt(at) == 'A' ? 'Q' : 'A';
            var changed = cursor.substring(0, at) + other + cursor.substring(at + 1);
            assertThatThrownBy(() -> BLOCKS.decode(changed)).as(changed).isInstanceOf(ApiProblem.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AQ", "****", "AQAAAAA", "AXw", "not a cursor", "ÄÖÜ"})
    void whatIsNoCursorIsRefused(String text) {
        assertThatThrownBy(() -> BLOCKS.decode(text)).isInstanceOf(ApiProblem.class);
    }
}
