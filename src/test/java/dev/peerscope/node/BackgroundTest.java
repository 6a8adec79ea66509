package dev.peerscope.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundTest {

    private static final String LOGGED = "background work failed: work=counting";

    private final Background counting = new Background("counting");

    @Test
    void aFailureThatGoesOnIsLoggedOnce(CapturedOutput output) {
        for (int i = 0; i < 3; i++) {
            counting.run(() -> fail(new IllegalStateException("try " + output.length())));
        }
        assertThat(times(output)).isEqualTo(1);
    }

    @Test
    void aFailureOfAnotherKindIsLoggedToo(CapturedOutput output) {
        counting.run(() -> fail(new IllegalStateException("one")));
        counting.run(() -> fail(new UnsupportedOperationException("two")));

        assertThat(times(output)).isEqualTo(2);
    }

    @Test
    void aFailureAfterASuccessIsLoggedAgain(CapturedOutput output) {
        counting.run(() -> fail(new IllegalStateException("one")));
        counting.run(() -> {});
        counting.run(() -> fail(new IllegalStateException("three")));

        assertThat(times(output)).isEqualTo(2);
    }

    @Test
    void aStackThatOverflowsIsLoggedAndPassesThrough(CapturedOutput output) {
        assertThatThrownBy(() -> counting.run(() -> {
            throw new StackOverflowError("too deep");
        })).isInstanceOf(StackOverflowError.class);

        assertThat(times(output)).isEqualTo(1);
    }

    @Test
    void whatFollowsFromAFutureMayFailWithoutBeingLost(CapturedOutput output) {
        var future = new CompletableFuture<String>();
        Background.whenDone(future, "counting", (_, _) -> fail(new IllegalStateException("no")));

        future.complete("done");

        assertThat(times(output)).isEqualTo(1);
    }

    private static void fail(RuntimeException e) {
        throw e;
    }

    private static int times(CapturedOutput output) {
        return output.getOut().split(LOGGED, -1).length - 1;
    }
}
