package dev.peerscope.node;

import java.util.Locale;

import dev.peerscope.block.BlockSet;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;

/**
 * What a message was about, in numbers.
 *
 * @param kind
 *            its one kind of content, or {@code MIXED}
 * @param bytes
 *            its length on the wire, without the length's own bytes
 * @param wantHaves
 *            entries that ask for presence
 * @param wantBlocks
 *            entries that ask for the block
 * @param cancels
 *            entries that withdraw an ask
 * @param presences
 *            blocks whose presence or absence is told
 * @param blocks
 *            blocks handed over
 */
public record MessageSummary(Kind kind, int bytes, int wantHaves, int wantBlocks, int cancels, long presences,
        int blocks) {

    /** Contents of messages: a closed set, to count by. */
    public enum Kind {
        WANT_HAVE, WANT_BLOCK, CANCEL, PRESENCE, DELIVERY,
        /** An account, a payment, or nothing at all. */
        OTHER,
        /** Several of these. */
        MIXED;

        /** The word used by metrics. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static MessageSummary of(ExchangeMessage message, int bytes) {
        int cancels = 0;
        int wantBlocks = 0;
        for (WantListEntry entry : message.wantList().entries()) {
            if (entry.cancel()) {
                cancels++;
            } else if (entry.wantType() == WantType.BLOCK) {
                wantBlocks++;
            }
        }
        int wantHaves = message.wantList().entries().size() - cancels - wantBlocks
                + (int) message.wantList().wantHaves().stream().mapToLong(BlockSet::count).sum();
        long presences = message.presences().stream().mapToLong(run -> run.blocks().count()).sum();
        int blocks = message.deliveries().size();
        return new MessageSummary(kind(wantHaves, wantBlocks, cancels, presences, blocks), bytes, wantHaves, wantBlocks,
                cancels, presences, blocks);
    }

    private static Kind kind(int wantHaves, int wantBlocks, int cancels, long presences, int blocks) {
        Kind kind = Kind.OTHER;
        kind = wantHaves > 0 ? join(kind, Kind.WANT_HAVE) : kind;
        kind = wantBlocks > 0 ? join(kind, Kind.WANT_BLOCK) : kind;
        kind = cancels > 0 ? join(kind, Kind.CANCEL) : kind;
        kind = presences > 0 ? join(kind, Kind.PRESENCE) : kind;
        return blocks > 0 ? join(kind, Kind.DELIVERY) : kind;
    }

    private static Kind join(Kind one, Kind other) {
        return one == Kind.OTHER ? other : Kind.MIXED;
    }
}
