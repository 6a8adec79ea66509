package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.RejectedRecord;
import dev.peerscope.message.WantList;

class InboundStreamTest {

    /** Two bytes on the wire are enough for a record that is refused, and each becomes an object. */
    @Test
    void recordsThatAreRefusedWeighAsMuchAsOthers() {
        var refused = new RejectedRecord(RejectedRecord.Part.WANT_LIST_ENTRY, RejectedRecord.Reason.ADDRESS_MISSING);
        var flood = new ExchangeMessage(new WantList(List.of(), false), List.of(), List.of(), EMPTY.pendingBytes(),
                EMPTY.account(), EMPTY.payment(), Collections.nCopies(16_000, refused));

        assertThat(InboundStream.weight(flood, 32_000)).isGreaterThan(16_000 * 64);
    }

    private static final ExchangeMessage EMPTY = ExchangeMessage.ofPresences(List.of());
}
