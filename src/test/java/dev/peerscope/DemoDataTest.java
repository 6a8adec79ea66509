package dev.peerscope;

import static dev.peerscope.transport.identity.KeyType.SECP256K1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import dev.peerscope.journal.PresenceJournal;
import dev.peerscope.journal.sqlite.ArchiveLimits;
import dev.peerscope.journal.sqlite.SqliteChangeArchive;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.transport.identity.IdentityKey;

/** The demo is another node than the real one, though it is started in the same place. */
@Timeout(600)
class DemoDataTest {

    @TempDir
    private Path data;

    @Test
    void theDemoLeavesTheRealHistoryAndIdentityByteForByteAsTheyAre() throws IOException {
        var identity = IdentityKey.loadOrCreate(data.resolve("identity.key"), SECP256K1);
        SqliteChangeArchive.open(data, ArchiveLimits.DEFAULT, new LimitRegister(), InstantSource.system()).close();
        var before = files();
        assertThat(before.keySet()).contains("identity.key", "history.db");
        try (var demo = new SpringApplicationBuilder(PeerscopeApplication.class).profiles("demo").run(
                "--server.port=0", "--peerscope.data-directory=" + data,
                "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0")) {
            var journal = demo.getBean(PresenceJournal.class);
            await().until(() -> journal.status().disk().orElseThrow().archive().recorded() > 0);
            assertThat(demo.getBean(ExchangeNode.class).peerId()).isNotEqualTo(identity.peerId());
        }
        assertThat(files()).isEqualTo(before);
        assertThat(data.resolve("demo").resolve("history.db")).exists();
        assertThat(data.resolve("demo").resolve("identity.key")).exists();
    }

    /** What is in the folder, but for that of the demo. */
    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(),
                        Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
