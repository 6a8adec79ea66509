package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static dev.peerscope.node.TestPeers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineInput.MessageReceived;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.LimitUse;
import dev.peerscope.limit.MemoryBudget;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.peer.PeerId;

class EngineInboxTest {

    private static final NodeLimits LIMITS = new NodeLimits(100, 1_000_000, 20, 3, 512, 1 << 20, 100, 100, 100, 100, 1);

    private final AtomicBoolean welcome = new AtomicBoolean(true);
    private final EngineInbox inbox = new EngineInbox(LIMITS, welcome::get);
    private final RecordingSource alice = new RecordingSource();
    private final RecordingSource bob = new RecordingSource();

    @Test
    void aConnectionThatTalksMuchIsPausedAndNothingOfItIsLost() {
        var met = new ArrayList<LimitName>();
        for (int i = 0; i < 50; i++) {
            inbox.message(from(ALICE, i), 10, alice).ifPresent(met::add);
        }
        assertThat(met).containsExactly(LimitName.CONNECTION_INBOX);
        var register = new LimitRegister();
        inbox.register(register);
        assertThat(register.uses()).contains(new LimitUse(LimitName.CONNECTION_INBOX, 20, 50, 0),
                new LimitUse(LimitName.ENGINE_INBOX, 100, 50, 0),
                new LimitUse(LimitName.ENGINE_INBOX_BYTES, 1_000_000, 500, 0));
        assertThat(alice.pauses).hasValue(1);
        assertThat(sessionsOf(takeAll())).hasSize(50).isSorted();
    }

    @Test
    void aPausedConnectionIsResumedWhenHalfOfItsRoomIsFree() {
        for (int i = 0; i < 21; i++) {
            inbox.message(from(ALICE, i), 10, alice);
        }
        assertThat(alice.isPaused()).isTrue();

        takeUntilLeft(11);
        assertThat(alice.isPaused()).isTrue();
        takeUntilLeft(10);

        assertThat(alice.isPaused()).isFalse();
        assertThat(alice.resumes).hasValue(1);
    }

    @Test
    void oneConnectionThatIsPausedDoesNotPauseTheOthers() {
        for (int i = 0; i < 30; i++) {
            inbox.message(from(ALICE, i), 10, alice);
        }
        var met = inbox.message(from(BOB, 0), 10, bob);

        assertThat(met).isEmpty();
        assertThat(alice.isPaused()).isTrue();
        assertThat(bob.isPaused()).isFalse();
    }

    @Test
    void weightCountsAsNumberDoesAndEachConnectionMayHaveOneMessageHere() {
        inbox.message(from(ALICE, 0), 999_999, alice);

        assertThat(inbox.message(from(BOB, 0), 2, bob)).as("his only one").isEmpty();
        var met = inbox.message(from(BOB, 1), 2, bob);

        assertThat(met).contains(LimitName.ENGINE_INBOX_BYTES);
        assertThat(bob.isPaused()).isTrue();
        assertThat(alice.isPaused()).isFalse();
        takeAll();
        assertThat(bob.isPaused()).isFalse();
    }

    @Test
    void overTheBoundAConnectionIsReadAgainWhenItsLastMessageWasTaken() {
        for (int i = 0; i < 3; i++) {
            inbox.message(from(ALICE, i), 500_000, alice);
        }
        inbox.message(from(BOB, 0), 2, bob);
        inbox.message(from(BOB, 1), 2, bob);
        assertThat(bob.isPaused()).isTrue();

        takeUntilLeft(2);

        assertThat(bob.isPaused()).isFalse();
        assertThat(alice.isPaused()).isTrue();
    }

    @Test
    void whileMemoryIsShortAConnectionIsReadOneMessageAtATime() {
        var budget = new MemoryBudget(1_000);
        var carol = new RecordingSource(budget.open(_ -> {}));
        budget.open(_ -> {}).add(MemoryKind.PRESENCES, 900);

        assertThat(inbox.message(from(ALICE, 0), 10, carol)).isEmpty();
        assertThat(inbox.message(from(ALICE, 1), 10, carol)).contains(LimitName.ENGINE_INBOX_BYTES);
        assertThat(carol.use.bytes(MemoryKind.INBOX)).isEqualTo(20);

        takeUntilLeft(1);
        assertThat(carol.isPaused()).isTrue();
        takeUntilLeft(0);
        assertThat(carol.isPaused()).isFalse();
        assertThat(carol.use.bytes()).isZero();
    }

    @Test
    void whoBringsHeavyMessagesWaitsForItself() {
        for (int i = 0; i < 3; i++) {
            inbox.message(from(ALICE, i), 100_000, alice);
        }
        for (int i = 0; i < 3; i++) {
            inbox.message(from(BOB, i), 10, bob);
        }
        var order = takeAll().stream().map(MessageReceived::peer).toList();

        assertThat(order).containsExactly(ALICE, BOB, BOB, BOB, ALICE, ALICE);
    }

    @Test
    void aConnectionThatWasSilentHasNoTurnsLeftOver() {
        for (int i = 0; i < 4; i++) {
            inbox.message(from(ALICE, i), 100_000, alice);
        }
        takeUntilLeft(2);
        for (int i = 0; i < 2; i++) {
            inbox.message(from(BOB, i), 100_000, bob);
        }
        assertThat(takeAll().stream().map(MessageReceived::peer)).containsExactly(BOB, ALICE, BOB, ALICE);
    }

    @Test
    void aMessageSaysWhetherOthersOfItsConnectionWait() {
        inbox.message(from(ALICE, 0), 10, alice);
        inbox.message(from(ALICE, 1), 10, alice);

        assertThat(takeAll()).extracting(MessageReceived::othersWait).containsExactly(true, false);
    }

    @Test
    void ofAConnectionThatIsReadAgainOthersMayHaveArrived() {
        for (int i = 0; i < 2; i++) {
            inbox.message(from(ALICE, i), 1_000_000, alice);
        }
        assertThat(alice.isPaused()).isTrue();

        assertThat(takeAll()).extracting(MessageReceived::othersWait).containsExactly(true, true);
        assertThat(alice.isPaused()).isFalse();
    }

    @Test
    void connectionsHaveTheirTurnOneAfterTheOther() {
        for (int i = 0; i < 3; i++) {
            inbox.message(from(ALICE, i), 10, alice);
        }
        inbox.message(from(BOB, 0), 10, bob);

        var order = takeAll().stream().map(MessageReceived::peer).toList();

        assertThat(order).containsExactly(ALICE, BOB, ALICE, ALICE);
    }

    @Test
    void aQuestionOverTheBoundIsTurnedAway() {
        for (int i = 0; i < 3; i++) {
            assertThat(inbox.question(ask())).isTrue();
        }
        assertThat(inbox.question(ask())).isFalse();
    }

    @Test
    void messagesFillNeitherTheLaneOfCommandsNorThatOfQuestions() {
        for (int i = 0; i < 200; i++) {
            inbox.message(from(ALICE, i), 10, alice);
        }
        inbox.command(new EngineTask.Handle(new EngineInput.DeadlineReached()));
        inbox.question(ask());

        var batch = inbox.take();

        assertThat(batch.commands()).hasSize(1);
        assertThat(batch.questions()).hasSize(1);
        assertThat(batch.message()).isPresent();
        assertThat(inbox.messageCount()).isEqualTo(199);
    }

    @Test
    void noMessageIsTakenWhileMessagesAreNotWelcomeAndCommandsStillAre() {
        welcome.set(false);
        inbox.message(from(ALICE, 0), 10, alice);
        inbox.command(new EngineTask.Handle(new EngineInput.DeadlineReached()));

        var batch = inbox.take();

        assertThat(batch.commands()).hasSize(1);
        assertThat(batch.message()).isEmpty();
        assertThat(inbox.messageCount()).isEqualTo(1);
    }

    @Test
    void whatAnEndedConnectionBroughtIsStillTaken() {
        for (int i = 0; i < 30; i++) {
            inbox.message(from(ALICE, i), 10, alice);
        }
        inbox.forget(alice);

        assertThat(takeAll()).hasSize(30);
        assertThat(alice.resumes).as("it has ended").hasValue(0);
    }

    private void takeUntilLeft(int messages) {
        while (inbox.messageCount() > messages) {
            inbox.take();
        }
    }

    private List<MessageReceived> takeAll() {
        var all = new ArrayList<MessageReceived>();
        while (inbox.messageCount() > 0) {
            inbox.take().message().ifPresent(all::add);
        }
        return all;
    }

    private static List<Long> sessionsOf(List<MessageReceived> messages) {
        return messages.stream().map(MessageReceived::session).toList();
    }

    /** The session serves as the message's number. */
    private static MessageReceived from(PeerId peer, long number) {
        return new MessageReceived(peer, number, ExchangeMessage.EMPTY);
    }

    private static EngineTask ask() {
        return new EngineTask.Ask<>(_ -> 1, new CompletableFuture<>());
    }
}
