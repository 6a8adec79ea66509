package dev.peerscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.CodexCodec;

/** What is kept of what a peer was asked: single blocks, for they take most. */
class OpenAsksTest {

    private static final int BATCH = PeerRefresh.BATCH_MAX;
    private static final Instant NOW = TestNode.START;
    private static final Instant LATE = NOW.plus(EngineSettings.DEFAULT.refreshAnswerTimeout());

    private final List<BlockAddress.Standalone> addresses = IntStream.range(0, 100 * BATCH)
            .mapToObj(i -> new BlockAddress.Standalone(Letters.cid(CodexCodec.BLOCK, "block " + i))).sorted().toList();
    private final AddressSet wants = AddressSet.of(addresses);
    private final OpenAsks asks = new OpenAsks(EngineSettings.DEFAULT);
    private WantWalk walk = new WantWalk(wants);
    private long token;

    @Test
    void asksWithoutAnAnswerKeepNoSetsOfTheirOwn() {
        while (!walk.ended()) {
            askAndWrite();
        }
        assertThat(asks.openCount()).isEqualTo(100);
        assertThat(asks.ownBytes()).isZero();
    }

    @Test
    void anAnswerInFullEndsAnAsk() {
        AddressSet asked = askAndWrite();

        asks.settled(asked);

        assertThat(asks.openCount()).isZero();
        assertThat(asks.ownBytes()).isZero();
        assertThat(asks.expire(LATE).isEmpty()).isTrue();
    }

    @Test
    void anAnswerInPartLeavesTheRestOpen() {
        AddressSet asked = askAndWrite();
        AddressSet half = everyOther(asked);

        asks.settled(half);

        assertThat(asks.openCount()).isOne();
        assertThat(asks.expire(LATE).toList()).isEqualTo(asked.minus(half).toList());
    }

    @Test
    void answersInPartHoldFurtherAsksBackBeforeTheyTakeMuch() {
        int sent = 0;
        while (asks.hasRoom()) {
            asks.settled(everyOther(askAndWrite()));
            sent++;
        }
        assertThat(sent).isBetween(30, 60);
        assertThat(asks.ownBytes()).isBetween(OpenAsks.OWN_BYTES_MAX, OpenAsks.OWN_BYTES_MAX + 40 * BATCH);
        asks.expire(LATE);
        assertThat(asks.hasRoom()).isTrue();
    }

    @Test
    void answersInPartAboutLeavesHoldNothingBackThatTheOthersWouldNot() {
        AddressSet leaves = AddressSet.ofSets(Trees.leaves("big", 0, OpenAsks.OPEN_MAX * BATCH - 1L));
        walk = new WantWalk(leaves);
        int sent = 0;
        while (asks.hasRoom()) {
            asks.settled(everyOther(askAndWrite(leaves)));
            sent++;
        }
        assertThat(sent).isEqualTo(OpenAsks.OPEN_MAX);
    }

    @Test
    void nothingMoreIsAskedWhileTwoMessagesAreNotWritten() {
        ask(wants);
        assertThat(asks.hasRoom()).isTrue();
        ask(wants);
        assertThat(asks.hasRoom()).isFalse();

        asks.written(1, NOW);
        assertThat(asks.hasRoom()).isTrue();
        asks.dropped(2);

        assertThat(asks.unwritten()).isZero();
    }

    @Test
    void whatWasAskedLatelyIsNotAskedAgain() {
        AddressSet asked = askAndWrite();
        AddressSet next = walk.take(BATCH);
        var both = asked.copy();
        both.addAll(next);

        asks.removeRecent(both, NOW.plusSeconds(1));

        assertThat(both.toList()).isEqualTo(next.toList());
        asks.removeRecent(asked, NOW.plus(EngineSettings.DEFAULT.refreshShortestInterval()));
        assertThat(asked.size()).isEqualTo(BATCH);
    }

    @Test
    void aWantThatBeginsAmongThoseThatWereAskedHasNotBeenAsked() {
        var between = addresses.get(500);
        wants.remove(between);
        askAndWrite();

        wants.add(between);
        asks.forget(AddressSet.of(List.of(between)));

        AddressSet again = AddressSet.of(addresses.subList(0, BATCH));
        asks.removeRecent(again, NOW.plus(Duration.ofMillis(1)));
        assertThat(again.toList()).containsExactly(between);
        assertThat(asks.expire(LATE).contains(between)).isFalse();
    }

    private AddressSet askAndWrite() {
        return askAndWrite(wants);
    }

    private AddressSet askAndWrite(AddressSet of) {
        AddressSet asked = ask(of);
        asks.written(token, NOW);
        return asked;
    }

    private AddressSet ask(AddressSet of) {
        AddressSet batch = walk.take(BATCH);
        asks.asked(++token, new AskedBlocks(List.of(new WantSection(of, batch.first(), batch.last())),
                new AddressSet()), NOW);
        return batch;
    }

    private static AddressSet everyOther(AddressSet blocks) {
        List<BlockAddress> all = blocks.toList();
        return AddressSet.of(IntStream.range(0, all.size()).filter(i -> i % 2 == 0).mapToObj(all::get).toList());
    }
}
