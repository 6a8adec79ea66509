package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

class RecentAnswersTest {

    private final LimitRegister tally = new LimitRegister();
    private final RecentAnswers recent = new RecentAnswers(tally);

    @Test
    void anAnswerIsGivenAgainWhileItsRevisionStands() {
        var peers = answer(10);
        recent.keep("/peers", 7, peers);

        assertThat(recent.find("/peers", 7)).containsSame(peers);
        assertThat(recent.find("/peers?limit=1", 7)).isEmpty();
        assertThat(recent.find("/peers", 8)).isEmpty();
    }

    @Test
    void withTheNextRevisionAllAnswersOfTheLastAreForgotten() {
        recent.keep("/peers", 7, answer(10));
        recent.keep("/want-list", 8, answer(20));

        assertThat(recent.find("/peers", 7)).isEmpty();
        assertThat(recent.find("/peers", 8)).isEmpty();
        assertThat(recent.bytes()).isEqualTo(20 + "/want-list".length() + RecentAnswers.ANSWER_OVERHEAD_BYTES);
    }

    @Test
    void anAnswerThatWasMadeBeforeTheStateChangedComesTooLate() {
        recent.keep("/peers", 8, answer(10));
        recent.keep("/want-list", 7, answer(10));

        assertThat(recent.find("/want-list", 8)).isEmpty();
        assertThat(recent.find("/want-list", 7)).isEmpty();
        assertThat(recent.find("/peers", 8)).isPresent();
    }

    @Test
    void theyNeverTakeMoreThanTheBound() {
        for (int i = 0; i < 1_000; i++) {
            recent.keep("/peers?limit=" + i, 7, answer(100_000));

            assertThat(recent.bytes()).isBetween(100_000L, (long) RecentAnswers.BYTES_MAX);
            assertThat(recent.find("/peers?limit=" + i, 7)).isPresent();
        }
        assertThat(recent.find("/peers?limit=0", 7)).isEmpty();
        assertThat(tally.use(LimitName.RECENT_ANSWERS).met()).as("answers forgotten").isBetween(800L, 999L);
        assertThat(tally.use(LimitName.RECENT_ANSWERS).used()).isEqualTo(recent.bytes());
    }

    @Test
    void manySmallAnswersTakeNoMoreThanTheBoundEither() {
        int room = RecentAnswers.BYTES_MAX / RecentAnswers.ANSWER_OVERHEAD_BYTES;
        for (int i = 0; i < room; i++) {
            recent.keep("/peers?x=" + i, 7, answer(2));
        }
        assertThat(tally.use(LimitName.RECENT_ANSWERS).met()).as("answers forgotten").isPositive();
        assertThat(recent.find("/peers?x=0", 7)).isEmpty();
    }

    @Test
    void oneAnswerDoesNotDriveOutAllOthers() {
        recent.keep("/peers", 7, answer(10));
        recent.keep("/peers?limit=1000", 7, answer(RecentAnswers.BYTES_MAX / 2));

        assertThat(recent.find("/peers?limit=1000", 7)).isEmpty();
        assertThat(recent.find("/peers", 7)).isPresent();
    }

    @Test
    void whatIsKeptTwiceIsCountedOnce() {
        recent.keep("/peers", 7, answer(10));
        recent.keep("/peers", 7, answer(10));

        assertThat(recent.bytes()).isEqualTo(10 + "/peers".length() + RecentAnswers.ANSWER_OVERHEAD_BYTES);
    }

    private static Answer answer(int bytes) {
        return Answer.of("application/json", new byte[bytes], "/api/v1/peers");
    }
}
