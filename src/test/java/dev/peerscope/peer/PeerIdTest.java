package dev.peerscope.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdTest {

    /** Ids and keys of recorded Codex and js-libp2p nodes. */
    @ParameterizedTest
    @CsvSource({
            "0802122102ca8c700e9f7a660c4e663a7e78329cafc0958a986e50ed3b5c327a29957a53ed, 16Uiu2HAm94LYCij7ptvqQwZTDYG1Po9iexQuQZ6RLvLuQahkguvL",
            "0802122102a53f847fb06b2ebc555c941811cefeada5ab309a2439078ccabaa7fbfd78fa9a, 16Uiu2HAm6YjRdHTUZ7zX7QBKBLTewPywKg7gCwW3wdkisJ3HjcjT"})
    void aShortKeyIsKeptWhole(String publicKey, String text) {
        var id = PeerId.ofPublicKey(HexFormat.of().parseHex(publicKey));

        assertThat(id).hasToString(text).isEqualTo(PeerId.parse(text));
        assertThat(id.toBytes()).hasSize(39).startsWith(0, 37);
    }

    @Test
    void aLongKeyIsHashed() {
        var id = PeerId.ofPublicKey(new byte[43]);

        assertThat(id.toString()).startsWith("Qm");
        assertThat(id.toBytes()).hasSize(34).startsWith(0x12, 0x20);
    }

    /** The examples of libp2p's specification. */
    @Test
    void bothTextFormsNameTheSamePeer() {
        var cid = PeerId.parse("bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe");

        assertThat(cid).isEqualTo(PeerId.parse("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N"))
                .hasToString("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");
        assertThat(cid.shortText()).isEqualTo("7DWjhx5N");
    }

    @Test
    void theBytesOfAnIdReadBackToTheSameId() {
        var id = PeerId.parse("12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA");

        assertThat(PeerId.decode(id.toBytes())).isEqualTo(id).hasSameHashCodeAs(id);
    }

    @Test
    void idsAreOrderedByTheirBytes() {
        var small = PeerId.ofPublicKey(new byte[]{1});
        var large = PeerId.ofPublicKey(new byte[]{(byte) 0xff});

        assertThat(List.of(large, small).stream().sorted()).containsExactly(small, large);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "Qm", "1", "b", "z", "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5",
            "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N1", "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx50",
            "bafybeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe",
            "bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqx1",
            "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5Ś"})
    void malformedTextIsRefused(String text) {
        assertThatThrownBy(() -> PeerId.parse(text)).isInstanceOf(InvalidPeerId.class);
    }

    @Test
    void longTextIsRefusedBeforeItIsRead() {
        assertThatThrownBy(() -> PeerId.parse("1".repeat(1_000_000))).isInstanceOf(InvalidPeerId.class)
                .hasMessageContaining("1000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000", "0002ff", "0001ffff", "1220",
            "111400112233445566778899aabbccddeeff00112233",
            "121f00112233445566778899aabbccddeeff00112233445566778899aabbccddee", "80", "ffffffffffffffffffff01"})
    void malformedBytesAreRefused(String multihash) {
        assertThatThrownBy(() -> PeerId.decode(HexFormat.of().parseHex(multihash))).isInstanceOf(InvalidPeerId.class);
    }
}
