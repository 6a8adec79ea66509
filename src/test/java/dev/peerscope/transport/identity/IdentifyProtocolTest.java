package dev.peerscope.transport.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerId;
import dev.peerscope.peer.SignedPeerRecord;
import dev.peerscope.transport.CloseReason;
import dev.peerscope.transport.IdentifyInfo;
import dev.peerscope.vectors.GoldenVectors;

class IdentifyProtocolTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final List<Multiaddr> ADDRESSES = List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/8070"),
            Multiaddr.parse("/ip6/::1/tcp/8070"));
    private static final List<String> PROTOCOLS = List.of("/ipfs/id/1.0.0", "/codex/blockexc/1.0.0");

    private final IdentityKey aliceKey = IdentityKey.generate(KeyType.SECP256K1);
    private final IdentityKey bobKey = IdentityKey.generate(KeyType.ED25519);
    private final List<IdentifyInfo> heardByBob = new ArrayList<>();
    private final AtomicInteger tooMuch = new AtomicInteger();
    private final IdentifyProtocol alice = protocol(aliceKey, "alice/1", ADDRESSES, LONG);
    private final IdentifyProtocol bob = protocol(bobKey, "bob/2", List.of(), LONG);
    private final FakeConnection toAlice = new FakeConnection(aliceKey.peerId());
    private final FakeConnection toBob = new FakeConnection(bobKey.peerId());

    @ParameterizedTest
    @ValueSource(ints = {1, 7, Integer.MAX_VALUE})
    void whoAsksIsToldEverything(int cut) {
        var asking = askAlice();
        var answering = toBob.opened(IdentifyProtocol.PROTOCOL_ID);
        answering.setHandler(alice.answer(answering));

        asking.receive(answering.written(), cut);
        asking.handler().remoteClosed(asking);

        assertThat(answering.ended).containsExactly("closeWrite");
        assertThat(asking.ended).containsExactly("closeWrite");
        var info = heardByBob.getLast();
        assertThat(info.agentVersion()).isEqualTo("alice/1");
        assertThat(info.protocolVersion()).isEqualTo("ipfs/0.1.0");
        assertThat(info.protocols()).isEqualTo(PROTOCOLS);
        assertThat(info.listenAddresses()).isEqualTo(ADDRESSES);
        assertThat(info.observedAddress()).contains(FakeConnection.REMOTE_ADDRESS);
        assertThat(info.signedRecord().map(SignedPeerRecord::addresses)).contains(ADDRESSES);
        assertThat(info.signedRecord().map(SignedPeerRecord::sequence)).contains(NOW.getEpochSecond());
    }

    @Test
    void whatARealCodexNodeSaysIsUnderstood() {
        var asking = ask(new FakeConnection(PeerId.parse("16Uiu2HAm94LYCij7ptvqQwZTDYG1Po9iexQuQZ6RLvLuQahkguvL")));

        asking.receive(saidIn("1-nim-serves-js-dials", "nim"));

        var info = heardByBob.getLast();
        assertThat(info.agentVersion()).isEqualTo("Codex");
        assertThat(info.protocols()).containsExactly("/ipfs/id/1.0.0", "/codex/blockexc/1.0.0");
        assertThat(info.listenAddresses()).hasSize(1);
        assertThat(info.signedRecord().map(SignedPeerRecord::addresses)).contains(info.listenAddresses());
    }

    @Test
    void aPeerThatSaysLittleIsUnderstoodToo() {
        var asking = ask(new FakeConnection(PeerId.parse("16Uiu2HAm6YjRdHTUZ7zX7QBKBLTewPywKg7gCwW3wdkisJ3HjcjT")));

        asking.receive(saidIn("1-nim-serves-js-dials", "js"));

        assertThat(heardByBob.getLast().agentVersion()).isEqualTo("codex-interop-js");
        assertThat(heardByBob.getLast().listenAddresses()).isEmpty();
        assertThat(heardByBob.getLast().signedRecord()).isEmpty();
    }

    @Test
    void ourMessageIsWrittenAsARealCodexNodeWritesIts() throws UnusableIdentify {
        var message = saidIn("1-nim-serves-js-dials", "nim");

        var decoded = IdentifyMessage.decode(Arrays.copyOfRange(message, 2, message.length));

        assertThat(ByteBufUtil.getBytes(IdentifyFrames.write(decoded))).isEqualTo(message);
    }

    @Test
    void aPeerThatDoesNotSpeakItStaysUnknown() {
        bob.ask(toAlice);
        toAlice.refuse();

        assertThat(heardByBob).isEmpty();
        assertThat(toAlice.closed).isEmpty();
    }

    @Test
    void aPeerThatSaysNothingStaysUnknown() {
        var asking = askAlice();

        asking.handler().remoteClosed(asking);

        assertThat(heardByBob).isEmpty();
        assertThat(toAlice.closed).isEmpty();
    }

    @Test
    void aStreamThatIsNotDoneInTimeIsReset() {
        var impatient = protocol(bobKey, "bob", List.of(), Duration.ofMillis(20));
        impatient.ask(toAlice);
        var asking = toAlice.agree();
        var answering = toAlice.opened(IdentifyProtocol.PROTOCOL_ID);
        answering.setHandler(impatient.answer(answering));

        await().untilAsserted(() -> assertThat(asking.ended).containsExactly("reset"));
        await().untilAsserted(() -> assertThat(answering.ended).containsExactly("closeWrite", "reset"));
        assertThat(toAlice.closed).isEmpty();
    }

    @Test
    void aPushChangesOnlyWhatItNames() {
        askAlice().receive(toldBy(alice));
        var pushing = toAlice.opened(IdentifyProtocol.PUSH_PROTOCOL_ID);
        pushing.setHandler(bob.hear(pushing));

        pushing.receive(bytes(message(Optional.empty(), List.of("/new/1"), Optional.empty())));

        assertThat(heardByBob.getLast().protocols()).containsExactly("/new/1");
        assertThat(heardByBob.getLast().agentVersion()).isEqualTo("alice/1");
        assertThat(heardByBob.getLast().signedRecord()).isPresent();
    }

    @Test
    void nothingIsRememberedOfAConnectionThatIsForgotten() {
        askAlice().receive(toldBy(alice));
        bob.forget(toAlice);
        var pushing = toAlice.opened(IdentifyProtocol.PUSH_PROTOCOL_ID);
        pushing.setHandler(bob.hear(pushing));

        pushing.receive(bytes(message(Optional.empty(), List.of("/new/1"), Optional.empty())));

        assertThat(heardByBob.getLast().agentVersion()).isEmpty();
    }

    @Test
    void whatIsSaidInSeveralMessagesAddsUp() {
        var asking = askAlice();

        asking.receive(bytes(message(Optional.empty(), List.of("/a/1"), Optional.of("first"))));
        asking.receive(bytes(message(Optional.empty(), List.of("/b/1", "/a/1"), Optional.of("second"))));

        assertThat(heardByBob.getLast().protocols()).containsExactly("/a/1", "/b/1");
        assertThat(heardByBob.getLast().agentVersion()).isEqualTo("second");
    }

    @Test
    void weTellOthersOfAChange() {
        alice.push(toBob);
        var pushing = toBob.agree();

        assertThat(toBob.asked).containsExactly("/ipfs/id/push/1.0.0");
        assertThat(pushing.written()).isEqualTo(toldBy(alice));
        assertThat(pushing.ended).containsExactly("closeWrite");
    }

    @Test
    void anotherPeersKeyEndsTheConnection() {
        var asking = askAlice();

        asking.receive(toldBy(bob));

        assertThat(toAlice.closed).singleElement().satisfies(reason -> {
            assertThat(reason.kind()).isEqualTo(CloseReason.Kind.PROTOCOL_VIOLATION);
            assertThat(reason.detail()).contains("the public key is that of " + bobKey.peerId().shortText());
        });
        assertThat(heardByBob).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "02 0a05,       PROTOCOL_VIOLATION, it is not a message",
            "03 320180,     PROTOCOL_VIOLATION, the agent version is not UTF-8",
            "01 0c,         PROTOCOL_VIOLATION, it is not a message",
            "8000,          PROTOCOL_VIOLATION, the length of a message is longer than needed",
            "818004,        LIMIT_MET,          a message has 65537 bytes"})
    void nonsenseEndsTheConnection(String hex, CloseReason.Kind kind, String rule) {
        var asking = askAlice();

        asking.receive(HexFormat.of().parseHex(hex.replace(" ", "")));

        assertThat(toAlice.closed).singleElement().satisfies(reason -> {
            assertThat(reason.kind()).isEqualTo(kind);
            assertThat(reason.detail()).startsWith("identify: " + rule);
        });
    }

    @Test
    void whoSaysMoreThanTheBoundsAllowLosesTheConnection() {
        var address = ByteString.copyFrom(ADDRESSES.getFirst().encode());
        var messages = List.of(message(Optional.empty(), List.of(), Optional.of("a".repeat(257))),
                message(Optional.empty(), Collections.nCopies(101, "/a"), Optional.empty()),
                message(Optional.empty(), Collections.nCopies(40, "/".repeat(250)), Optional.empty()),
                new IdentifyMessage(Optional.empty(), Collections.nCopies(101, address), List.of(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty()));
        for (var message : messages) {
            askAlice().receive(bytes(message));
        }
        var talker = askAlice();
        for (int i = 0; i < 11; i++) {
            talker.receive(bytes(IdentifyMessage.EMPTY));
        }
        assertThat(toAlice.closed).hasSize(5).allMatch(reason -> reason.kind() == CloseReason.Kind.LIMIT_MET);
        assertThat(tooMuch).hasValue(5);
    }

    @Test
    void aRecordWhoseSignatureDoesNotHoldIsNotBelieved() {
        var forged = SignedPeerRecord.sign(aliceKey.publicKeyProtobuf(), 9, ADDRESSES, bobKey::sign);
        var foreign = SignedPeerRecord.sign(bobKey.publicKeyProtobuf(), 9, ADDRESSES, bobKey::sign);
        var asking = askAlice();
        for (var record : List.of(forged.encode(), foreign.encode(), new byte[]{1, 2, 3})) {
            asking.receive(bytes(message(Optional.of(ByteString.copyFrom(record)), List.of(), Optional.of("alice"))));
        }
        assertThat(heardByBob).hasSize(3).allMatch(info -> info.signedRecord().isEmpty());
        assertThat(toAlice.closed).isEmpty();
    }

    @Test
    void whoIsToldSomethingHasNothingToSay() {
        var answering = toBob.opened(IdentifyProtocol.PROTOCOL_ID);
        answering.setHandler(alice.answer(answering));

        answering.receive(new byte[]{1});

        assertThat(answering.ended).containsExactly("closeWrite", "reset");
    }

    private IdentifyProtocol protocol(IdentityKey key, String agent, List<Multiaddr> addresses, Duration timeout) {
        return new IdentifyProtocol(key, agent, () -> PROTOCOLS, () -> addresses, InstantSource.fixed(NOW), timeout,
                (connection, info) -> heardByBob.add(info), tooMuch::incrementAndGet);
    }

    private FakeStream askAlice() {
        return ask(toAlice);
    }

    private FakeStream ask(FakeConnection connection) {
        bob.ask(connection);
        return connection.agree();
    }

    private byte[] toldBy(IdentifyProtocol teller) {
        var stream = toBob.opened(IdentifyProtocol.PROTOCOL_ID);
        stream.setHandler(teller.answer(stream));
        return stream.written();
    }

    private static IdentifyMessage message(Optional<ByteString> record, List<String> protocols,
            Optional<String> agent) {
        return new IdentifyMessage(Optional.empty(), List.of(), protocols, Optional.empty(), Optional.empty(), agent,
                record);
    }

    private static byte[] bytes(IdentifyMessage message) {
        return ByteBufUtil.getBytes(IdentifyFrames.write(message));
    }

    /** The identify message that one side of a transcript sent, with its length. */
    private static byte[] saidIn(String transcript, String from) {
        var json = GoldenVectors.json("transcripts/" + transcript + ".json");
        for (var frame : json.get("decoded").get("frames")) {
            if (frame.get("from").asString().equals(from) && frame.toString().contains("\"identify\"")) {
                var chunk = json.get("chunks").get(frame.get("chunk").asInt() - 1).get("hex").asString();
                return HexFormat.of().parseHex(chunk.substring(frame.get("header").asString().length()));
            }
        }
        throw new IllegalArgumentException(transcript + " has no identify message of " + from);
    }
}
