package dev.peerscope.message;

import java.util.List;
import java.util.Optional;

/**
 * One message of the block exchange. Its parts are independent of each other; Codex fills one of them at a time, we accept
 * all.
 *
 * @param wantList
 *            what the sender asks for
 * @param deliveries
 *            blocks that the sender hands over
 * @param presences
 *            what the sender says it has or has not
 * @param pendingBytes
 *            unused by Codex today, kept because it is on the wire; unsigned
 * @param account
 *            where the sender wishes to be paid, if it says so
 * @param payment
 *            UTF-8 JSON of a signed Nitro state as received, if any; shown, never acted on
 * @param rejected
 *            records of the message that the decoder refused without refusing the message: a bad CID, a price too long, a
 *            broken proof. Whether data hashes to its CID is not the decoder's question
 */
public record ExchangeMessage(WantList wantList, List<BlockDelivery> deliveries, List<BlockPresence> presences,
        long pendingBytes, Optional<Account> account, Optional<Payment> payment, List<RejectedRecord> rejected) {

    /** Says nothing. */
    public static final ExchangeMessage EMPTY = new ExchangeMessage(WantList.EMPTY, List.of(), List.of(), 0,
            Optional.empty(), Optional.empty(), List.of());

    public ExchangeMessage {
        deliveries = List.copyOf(deliveries);
        presences = List.copyOf(presences);
        rejected = List.copyOf(rejected);
    }

    public static ExchangeMessage of(WantList wantList) {
        return new ExchangeMessage(wantList, List.of(), List.of(), 0, Optional.empty(), Optional.empty(), List.of());
    }

    public static ExchangeMessage ofPresences(List<BlockPresence> presences) {
        return new ExchangeMessage(WantList.EMPTY, List.of(), presences, 0, Optional.empty(), Optional.empty(),
                List.of());
    }

    public static ExchangeMessage ofDeliveries(List<BlockDelivery> deliveries) {
        return new ExchangeMessage(WantList.EMPTY, deliveries, List.of(), 0, Optional.empty(), Optional.empty(),
                List.of());
    }
}
