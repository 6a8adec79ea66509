package dev.peerscope.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** So many connections may be configured as the system allows open files for. */
class OpenFilesTest {

    private static final ConnectionBounds MANY = ConnectionBounds.DEFAULT.withMax(10_000);

    @Test
    void tooFewOpenFilesAreToldWithBothNumbersAndWhatToDo() {
        assertThat(OpenFiles.refusal(MANY, 4_096)).hasValueSatisfying(sentence -> assertThat(sentence).contains(
                "peerscope.limits.connections is 10000", "14512 open files", "allows 4096", "ulimit -n 14512",
                "LimitNOFILE=14512", "to 2560 or less"));
    }

    @Test
    void whatIsSaidToBeEnoughIsEnough() {
        assertThat(OpenFiles.refusal(MANY, 14_512)).isEmpty();
        assertThat(OpenFiles.refusal(MANY, 14_511)).isPresent();
        assertThat(OpenFiles.refusal(ConnectionBounds.DEFAULT.withMax(2_560), 4_096)).isEmpty();
    }

    @Test
    void theDefaultFitsIntoTheUsualThousandOfOpenFiles() {
        assertThat(OpenFiles.refusal(ConnectionBounds.DEFAULT, 1_024)).isEmpty();
        assertThatCode(() -> OpenFiles.require(ConnectionBounds.DEFAULT)).doesNotThrowAnyException();
    }
}
