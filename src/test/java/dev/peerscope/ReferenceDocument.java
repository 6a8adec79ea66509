package dev.peerscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document under {@code docs/reference} that is made from the program. The test that makes it fails when the checked-in copy
 * differs; with {@code -Dpeerscope.rewriteReference=true} it writes the copy instead.
 */
public record ReferenceDocument(String name) {

    public void isUpToDateWith(String made) throws IOException {
        var file = Path.of("docs", "reference", name);
        if (Boolean.getBoolean("peerscope.rewriteReference")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, made);
        }
        assertThat(file)
                .as("run ./mvnw test -Dtest='*ReferenceTest' -Dpeerscope.rewriteReference=true and commit %s", file)
                .exists();
        assertThat(Files.readString(file))
                .as("run ./mvnw test -Dtest='*ReferenceTest' -Dpeerscope.rewriteReference=true and commit %s", file)
                .isEqualTo(made);
    }
}
