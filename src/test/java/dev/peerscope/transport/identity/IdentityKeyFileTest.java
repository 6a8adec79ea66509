package dev.peerscope.transport.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityKeyFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = KeyType.class, names = {"SECP256K1", "ED25519"})
    void aNewKeyIsThereAgainAtTheNextStart(KeyType type) {
        var file = folder.resolve("data/identity.key");

        var first = IdentityKey.loadOrCreate(file, type);
        var second = IdentityKey.loadOrCreate(file, KeyType.SECP256K1);

        assertThat(second.peerId()).isEqualTo(first.peerId());
        assertThat(second.type()).isEqualTo(type);
        assertThat(first.peerId().toString()).startsWith(type == KeyType.SECP256K1 ? "16Uiu2" : "12D3Koo");
    }

    @Test
    void onlyItsOwnerMayUseTheFileAndNothingElseIsLeftBehind() throws IOException {
        var file = folder.resolve("identity.key");

        IdentityKey.loadOrCreate(file, KeyType.SECP256K1);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
    void aFileThatOthersMayUseIsRefused(String permissions) throws IOException {
        var file = folder.resolve("identity.key");
        IdentityKey.loadOrCreate(file, KeyType.SECP256K1);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> IdentityKey.loadOrCreate(file, KeyType.SECP256K1))
                .isInstanceOf(IdentityKeyUnusable.class).hasMessageContaining(file.toString())
                .hasMessageContaining("chmod 600").hasMessageContaining(permissions);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 35, 1000})
    void aFileThatHoldsNoKeyIsRefusedAndKept(int length) throws IOException {
        var file = folder.resolve("identity.key");
        Files.write(file, new byte[length]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> IdentityKey.loadOrCreate(file, KeyType.SECP256K1))
                .isInstanceOf(IdentityKeyUnusable.class).hasMessageContaining(file.toString());
        assertThat(file).hasSize(length);
    }
}
