package dev.peerscope.transport.mux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.peer.Direction;

/** What every muxer owes its users, whatever its frames look like: two of a kind talk to each other. */
public abstract class MuxerContract extends TwoMuxers {

    @Test
    void aStreamOpenedHereIsOpenedThere() {
        var here = alice.open();

        deliver();

        assertThat(here.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(bob.lastOpened().direction()).isEqualTo(Direction.INBOUND);
        assertThat(bob.lastOpened().id()).isEqualTo(here.id());
        assertThat(alice.muxer().streamCount()).isEqualTo(1);
        assertThat(bob.muxer().streamCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13, 1000, Integer.MAX_VALUE})
    void bytesArriveHoweverTheyAreCut(int cut) {
        var here = alice.open();
        here.write(buffer("to bob"));
        here.write(buffer(bytes(2500)));
        deliver(alice, bob, cut);
        var there = bob.lastOpened();

        there.write(buffer("to alice"));
        deliver(bob, alice, cut);

        assertThat(bob.received(there)).startsWith("to bob".getBytes(UTF_8)).endsWith(bytes(2500)).hasSize(2506);
        assertThat(alice.received(here)).isEqualTo("to alice".getBytes(UTF_8));
    }

    @Test
    void streamsOfBothSidesAreToldApart() {
        var fromAlice = List.of(alice.open(), alice.open());
        var fromBob = List.of(bob.open(), bob.open());
        deliver();

        fromAlice.forEach(stream -> stream.write(buffer("alice " + stream.id())));
        fromBob.forEach(stream -> stream.write(buffer("bob " + stream.id())));
        deliver();

        assertThat(bob.opened).allSatisfy(
                stream -> assertThat(bob.received(stream)).isEqualTo(("alice " + stream.id()).getBytes(UTF_8)));
        assertThat(alice.opened).allSatisfy(
                stream -> assertThat(alice.received(stream)).isEqualTo(("bob " + stream.id()).getBytes(UTF_8)));
        assertThat(alice.opened).hasSize(2);
    }

    @Test
    void aHalfThatIsClosedLeavesTheOtherOpen() {
        var here = alice.open();
        here.write(buffer("question"));
        here.closeWrite();
        deliver();
        var there = bob.lastOpened();

        there.write(buffer("answer"));
        deliver();

        assertThat(bob.events(there)).containsExactly("remoteClosed");
        assertThat(bob.received(there)).isEqualTo("question".getBytes(UTF_8));
        assertThat(alice.received(here)).isEqualTo("answer".getBytes(UTF_8));
        assertThat(alice.events(here)).isEmpty();
    }

    @Test
    void aStreamEndsOnceBothHalvesAreClosed() {
        var here = alice.open();
        deliver();
        var there = bob.lastOpened();

        here.closeWrite();
        here.closeWrite();
        deliver();
        there.closeWrite();
        deliver();

        assertThat(alice.events(here)).containsExactly("remoteClosed", "closed");
        assertThat(bob.events(there)).containsExactly("remoteClosed", "closed");
        assertThat(alice.muxer().streamCount()).isZero();
        assertThat(bob.muxer().streamCount()).isZero();
    }

    @Test
    void aCloseLeavesAfterTheDataThatWasWrittenBeforeIt() {
        var here = alice.open();
        alice.setWritable(false);
        here.write(buffer(bytes(5000)));
        here.closeWrite();

        alice.setWritable(true);
        deliver();

        assertThat(bob.received(bob.lastOpened())).isEqualTo(bytes(5000));
        assertThat(bob.events(bob.lastOpened())).containsExactly("remoteClosed");
    }

    @Test
    void nothingCanBeWrittenAfterACloseOrAReset() {
        var closed = alice.open();
        var reset = alice.open();
        closed.closeWrite();
        reset.reset();

        assertThat(closed.isWritable()).isFalse();
        assertThat(reset.isWritable()).isFalse();
        assertThatThrownBy(() -> closed.write(buffer("late")).join()).hasCauseInstanceOf(StreamClosed.class);
        assertThatThrownBy(() -> reset.write(buffer("late")).join()).hasCauseInstanceOf(StreamClosed.class);
    }

    @Test
    void aResetEndsTheStreamOnBothSidesAndNoOther() {
        var doomed = alice.open();
        var spared = alice.open();
        deliver();

        doomed.reset();
        doomed.reset();
        deliver();
        spared.write(buffer("still here"));
        deliver();

        assertThat(alice.events(doomed)).containsExactly("reset");
        assertThat(bob.events(bob.opened.getFirst())).containsExactly("reset");
        assertThat(bob.received(bob.opened.getLast())).isEqualTo("still here".getBytes(UTF_8));
        assertThat(alice.muxer().streamCount()).isEqualTo(1);
        assertThat(bob.muxer().streamCount()).isEqualTo(1);
    }

    @Test
    void aResetDropsWhatIsQueuedAndSaysSoToTheWriter() {
        var here = alice.open();
        alice.setWritable(false);
        var write = here.write(buffer(bytes(5000)));

        here.reset();

        assertThat(write).isCompletedExceptionally();
        assertThat(alice.hasUnsent()).isTrue();
        alice.setWritable(true);
        deliver();
        assertThat(bob.received(bob.lastOpened())).isEmpty();
        assertThat(bob.events(bob.lastOpened())).containsExactly("reset");
    }

    @Test
    void whatIsOnItsWayToAStreamThatWeResetIsDropped() {
        var here = alice.open();
        deliver();
        var there = bob.lastOpened();
        there.write(buffer(bytes(5000)));
        there.closeWrite();

        here.reset();
        deliver();

        assertThat(alice.received(here)).isEmpty();
        assertThat(alice.events(here)).containsExactly("reset");
        assertThat(alice.violations).isEmpty();
    }

    @Test
    void aLongMessageIsSentInShortFramesAndStreamsTakeTurns() {
        var talker = alice.open();
        var other = alice.open();
        deliver();
        alice.setWritable(false);
        talker.write(buffer(bytes(10_000)));
        other.write(buffer("short"));

        alice.setWritable(true);

        assertThat(alice.unsentLengths()).hasSize(11).allSatisfy(length -> assertThat(length).isLessThan(1020));
        assertThat(alice.unsentLengths().get(1)).isLessThan(20);
        deliver();
        assertThat(bob.received(bob.opened.getFirst())).isEqualTo(bytes(10_000));
    }

    @Test
    void aWriteIsDoneWhenItsLastByteWasHandedToTheSocket() {
        var here = alice.open();
        alice.takeAll();

        var write = here.write(buffer(bytes(1500)));

        alice.takeFrame();
        assertThat(write).isNotDone();
        alice.takeFrame();
        assertThat(write).isCompleted();
        assertThat(here.write(allocator.buffer())).isCompleted();
    }

    @Test
    void writersAreToldWhenTheConnectionTakesNothingAndWhenItDoesAgain() {
        var here = alice.open();
        assertThat(here.isWritable()).isTrue();

        alice.setWritable(false);
        assertThat(here.isWritable()).isFalse();
        here.write(buffer("later"));
        alice.setWritable(true);

        assertThat(here.isWritable()).isTrue();
        assertThat(alice.writabilityChanges(here)).isEqualTo(2);
        deliver();
        assertThat(bob.received(bob.lastOpened())).isEqualTo("later".getBytes(UTF_8));
    }

    @Test
    void theEndOfTheConnectionEndsEveryStreamWithoutAWord() {
        var here = alice.open();
        alice.open();
        deliver();
        alice.setWritable(false);
        var write = here.write(buffer("never"));

        alice.muxer().close();
        alice.muxer().close();

        assertThat(write).isCompletedExceptionally();
        assertThat(alice.events(here)).containsExactly("reset");
        assertThat(alice.muxer().streamCount()).isZero();
        assertThat(alice.hasUnsent()).isFalse();
        assertThatThrownBy(() -> alice.muxer().open()).isInstanceOf(StreamsExhausted.class);
        alice.muxer().received(buffer("bytes that come too late"));
        assertThat(alice.violations).isEmpty();
    }

    @Test
    void aHandlerMayResetTheStreamThatItHearsFrom() {
        bob.whenReceived = (stream, data) -> stream.reset();
        var here = alice.open();
        here.write(buffer(bytes(3000)));
        here.closeWrite();

        deliver();

        assertThat(bob.events(bob.lastOpened())).containsExactly("reset");
        assertThat(alice.events(here)).containsExactly("reset");
    }

    @Test
    void aHandlerMayEndTheConnectionThatItHearsFrom() {
        bob.whenReceived = (stream, data) -> bob.muxer().close();
        var here = alice.open();
        here.write(buffer(bytes(3000)));
        alice.open();

        deliver();

        assertThat(bob.opened).hasSize(1);
        assertThat(bob.violations).isEmpty();
        assertThat(bob.muxer().streamCount()).isZero();
    }

    @Test
    void aHandlerMayAnswerAtOnce() {
        bob.whenOpened = stream -> stream.write(buffer("welcome"));
        bob.whenReceived = (stream, data) -> stream.write(data.retainedDuplicate());
        var here = alice.open();
        here.write(buffer(" and back"));

        deliver();

        assertThat(alice.received(here)).isEqualTo("welcome and back".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsWrittenArrivesInAnyOrderOfEvents(long seed) {
        new RandomConversation(new Random(seed), alice, bob, this::buffer).run(2_000);
    }

    @Test
    void whatIsWrittenArrivesInAnOrderOfEventsNotSeenBefore() {
        long seed = System.nanoTime();
        System.out.println(getClass().getSimpleName() + " seed " + seed);

        new RandomConversation(new Random(seed), alice, bob, this::buffer).run(5_000);
    }
}
