package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;

class MessageSummaryTest {

    private static final Block BLOCK = Block.of(CodexCodec.BLOCK, new byte[]{1});
    private static final WantListEntry HAVE = WantListEntry.wantHave(BLOCK.address());
    private static final WantListEntry WANT = WantListEntry.wantBlock(BLOCK.address());
    private static final WantListEntry CANCEL = WantListEntry.cancel(BLOCK.address());

    @Test
    void aMessageOfOneKindHasThatKind() {
        assertThat(kind(HAVE, HAVE)).isEqualTo(MessageSummary.Kind.WANT_HAVE);
        assertThat(kind(WANT)).isEqualTo(MessageSummary.Kind.WANT_BLOCK);
        assertThat(kind(CANCEL)).isEqualTo(MessageSummary.Kind.CANCEL);
        assertThat(summary(ExchangeMessage.ofDeliveries(List.of(new BlockDelivery(BLOCK.address(), BLOCK, Optional
                .empty())))).kind()).isEqualTo(MessageSummary.Kind.DELIVERY);
        assertThat(summary(ExchangeMessage.EMPTY).kind()).isEqualTo(MessageSummary.Kind.OTHER);
    }

    @Test
    void entriesAreCountedByWhatTheyAskFor() {
        var summary = summary(ofEntries(HAVE, WANT, HAVE, CANCEL, HAVE));

        assertThat(summary).isEqualTo(new MessageSummary(MessageSummary.Kind.MIXED, 77, 3, 1, 1, 0, 0));
    }

    @Test
    void presencesAreCountedInBlocks() {
        var run = new BlockSet.Leaves(BLOCK.cid(), BlockRanges.parse("0-9,20"));

        var summary = summary(ExchangeMessage.ofPresences(
                List.of(BlockPresence.have(run, Price.ZERO), BlockPresence.dontHave(BlockSet.of(BLOCK.address())))));

        assertThat(summary.kind()).isEqualTo(MessageSummary.Kind.PRESENCE);
        assertThat(summary.presences()).isEqualTo(12);
    }

    private static MessageSummary.Kind kind(WantListEntry... entries) {
        return summary(ofEntries(entries)).kind();
    }

    private static MessageSummary summary(ExchangeMessage message) {
        return MessageSummary.of(message, 77);
    }

    private static ExchangeMessage ofEntries(WantListEntry... entries) {
        return ExchangeMessage.of(new WantList(List.of(entries), false));
    }
}
