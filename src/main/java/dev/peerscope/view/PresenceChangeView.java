package dev.peerscope.view;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Price;
import dev.peerscope.journal.JournalEntry;

/** A change of what a peer has. */
@Schema(name = "PresenceChange", description = "A change of what we know a peer to have: one for each message, tree, reason "
        + "and price, so a thousand blocks told in one message are one change.")
public record PresenceChangeView(
        @Schema(description = "Its number, each one more than the last", example = "1812") long sequence,
        @Schema(description = "When it became true", example = Examples.TIME) Instant at,
        @Schema(description = "Peer id", example = Examples.PEER_ID) String peerId,
        @Schema(description = "`added`: now had; `removed`: was had, now unknown; `repriced`; `denied`: now known not to have "
                + "it; `undenied`: a denial ended without becoming a have", allowableValues = {
                        "added", "removed", "repriced", "denied", "undenied"}, example = "added") String change,
        @Schema(description = "Why", allowableValues = {"announced", "price-changed", "dont-have-received",
                "not-confirmed", "proven-wrong", "delivered",
                "released", "peer-departed", "peer-dropped", "peer-timeout", "limit-evicted", "operator",
                "node-stopped"}, example = "announced") String reason,
        Blocks blocks,
        @Schema(description = "What the peer asks for each from now on", example = "1000") @Nullable String price,
        @Schema(description = "What it asked until now", example = "900") @Nullable String previousPrice,
        @Schema(description = "What we knew before", allowableValues = {"unknown", "have",
                "dontHave"}, example = "unknown") String previousState) {

    /** The view of an entry of the journal. */
    public static PresenceChangeView of(JournalEntry entry) {
        var change = entry.change();
        return new PresenceChangeView(entry.sequence(), change.at(), change.peer().toString(), change.change().text(),
                change.reason().text(), Blocks.of(change.blocks()), change.price().map(Price::toString).orElse(null),
                change.previousPrice().map(Price::toString).orElse(null), change.previousState().text());
    }

    /** The blocks that changed. */
    @Schema(name = "ChangedBlocks", description = "Leaves of one tree (`treeCid`, `ranges`, `count`), or one block on its own "
            + "(`cid`).")
    public record Blocks(
            @Schema(description = "CID of the tree", example = Examples.TREE_CID) @Nullable String treeCid,
            @Schema(description = "Indices as inclusive ranges", example = "0-499,510") @Nullable String ranges,
            @Schema(description = "How many leaves", example = "501") @Nullable Long count,
            @Schema(description = "CID of a block on its own", example = Examples.BLOCK_CID) @Nullable String cid) {

        static Blocks of(BlockSet blocks) {
            return switch (blocks) {
                case BlockSet.Leaves(var treeCid, var ranges) ->
                    new Blocks(treeCid.toString(), ranges.toString(), ranges.count(), null);
                case BlockSet.Single(var cid) -> new Blocks(null, null, null, cid.toString());
            };
        }
    }
}
