package dev.peerscope.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

class SignedPeerRecordTest {

    /** What a Codex node sent in field 8 of identify. */
    private static final byte[] CODEX = HexFormat.of().parseHex("0a250802122102ca8c700e9f7a660c4e663a7e78329cafc0958a98"
            + "6e50ed3b5c327a29957a53ed120203011a3b0a2700250802122102ca8c700e9f7a660c4e663a7e78329cafc0958a986e50ed3b5c"
            + "327a29957a53ed10bc988cd8061a0a0a08047f0000010689d52a4630440220110ae86cb4245d361f02472be2e0ac86a89b34a15a"
            + "83613ff4988ffd381940c002200e1bcd48e77434426e143c26f43e3bcae43f9d69fe9dfcc3461f27f8a236e2ae");

    @Test
    void aCodexNodesRecordIsUnderstood() {
        var record = SignedPeerRecord.decode(CODEX);

        assertThat(record.peerId()).hasToString("16Uiu2HAm94LYCij7ptvqQwZTDYG1Po9iexQuQZ6RLvLuQahkguvL");
        assertThat(record.addresses()).containsExactly(Multiaddr.parse("/ip4/127.0.0.1/tcp/35285"));
        assertThat(record.sequence()).isEqualTo(1_795_361_852L);
        assertThat(record.signature()).hasSize(70);
        assertThat(record.signedBytes()).startsWith(0x12).endsWith(record.addresses().getFirst().encode());
    }

    @Test
    void itsTextReadsBackToTheSameRecord() {
        var record = SignedPeerRecord.decode(CODEX);

        assertThat(record.toString()).startsWith("spr:CiUIAhIhA").doesNotContain("=");
        assertThat(SignedPeerRecord.parse(record.toString())).isEqualTo(record).hasSameHashCodeAs(record);
    }

    @Test
    void paddedTextIsReadToo() {
        var text = SignedPeerRecord.decode(CODEX).toString();
        var padding = "=".repeat(Math.floorMod(-(text.length() - SignedPeerRecord.PREFIX.length()), 4));

        assertThat(SignedPeerRecord.parse(text + padding).encode()).isEqualTo(CODEX);
    }

    @Test
    void oursIsEncodedAsACodexNodeEncodesIts() {
        var theirs = SignedPeerRecord.decode(CODEX);

        var same = SignedPeerRecord.sign(theirs.publicKey(), theirs.sequence(), theirs.addresses(),
                bytes -> theirs.signature());

        assertThat(same.encode()).isEqualTo(CODEX);
    }

    @Test
    void aRecordAboutAnotherPeerThanItsSignerIsRefused() {
        byte[] forged = CODEX.clone();
        forged[10] ^= 1;

        assertThatThrownBy(() -> SignedPeerRecord.decode(forged)).isInstanceOf(InvalidSignedPeerRecord.class)
                .hasMessageContaining("another key");
    }

    @Test
    void anAddressOfAnUnknownKindIsLeftOut() {
        var known = Multiaddr.parse("/ip4/9.9.9.9/tcp/1");
        var record = SignedPeerRecord.sign(new byte[]{1}, 1, List.of(known, known), bytes -> new byte[1]);
        byte[] bytes = record.encode();
        int firstIp = HexFormat.of().formatHex(bytes).indexOf("0409090909") / 2;

        bytes[firstIp] = 0x7e;

        assertThat(SignedPeerRecord.decode(bytes).addresses()).containsExactly(known);
    }

    @Test
    void aRecordCutShortIsRefusedWhereverItIsCut() {
        for (int length = 0; length < CODEX.length; length++) {
            byte[] cut = Arrays.copyOf(CODEX, length);

            assertThatThrownBy(() -> SignedPeerRecord.decode(cut)).as("%s bytes", length)
                    .isInstanceOf(InvalidSignedPeerRecord.class);
        }
    }
}
