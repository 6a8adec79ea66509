package dev.peerscope.block;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MultibaseTest {

    /** From the multibase specification's own test files: leading zeros, and text. */
    @ParameterizedTest
    @CsvSource({"BASE58BTC, 796573206d616e692021, z7paNL19xttacUY",
            "BASE58BTC, 00796573206d616e692021, z17paNL19xttacUY",
            "BASE58BTC, 0000796573206d616e692021, z117paNL19xttacUY", "BASE36, 796573206d616e692021, k2lcpzo5yikidynfl",
            "BASE36, 0000796573206d616e692021, k002lcpzo5yikidynfl", "BASE32, 796573206d616e692021, bpfsxgidnmfxgsibb",
            "BASE32, 00796573206d616e692021, bab4wk4zanvqw42jaee",
            "BASE32_UPPER, 796573206d616e692021, BPFSXGIDNMFXGSIBB",
            "BASE16, 00796573206d616e692021, f00796573206d616e692021",
            "BASE16_UPPER, 796573206d616e692021, F796573206D616E692021",
            "BASE64, 796573206d616e692021, meWVzIG1hbmkgIQ", "BASE64_URL, 0000796573206d616e692021, uAAB5ZXMgbWFuaSAh"})
    void theVectorsOfTheSpecificationAreWrittenAndRead(Multibase base, String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(base.encode(bytes)).isEqualTo(text);
        assertThat(base.decode(text)).isEqualTo(bytes);
    }

    /** The test vectors of RFC 4648, in lower case and without padding. */
    @ParameterizedTest
    @CsvSource({"'',''", "f,my", "fo,mzxq", "foo,mzxw6", "foob,mzxw6yq", "fooba,mzxw6ytb", "foobar,mzxw6ytboi"})
    void base32IsThatOfRfc4648(String plain, String encoded) {
        assertThat(Multibase.BASE32.encode(plain.getBytes(US_ASCII))).isEqualTo("b" + encoded);
        assertThat(Multibase.BASE32.decode("b" + encoded)).isEqualTo(plain.getBytes(US_ASCII));
    }

    /** From the base58 draft of the IETF. */
    @ParameterizedTest
    @CsvSource({"48656c6c6f20576f726c6421, 2NEpo7TZRRrLZSi2U",
            "54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e, "
                    + "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
            "0000287fb4cd, 11233QC4", "'',''", "00, 1"})
    void base58IsThatOfBitcoin(String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Multibase.BASE58BTC.encodeBare(bytes)).isEqualTo(text);
        assertThat(Multibase.BASE58BTC.decodeBare(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void everyBaseReadsWhatItWrites(Multibase base) {
        int seed = new Random().nextInt();
        Random random = new Random(seed);

        Stream<byte[]> samples = IntStream.range(0, 200).mapToObj(length -> randomBytes(random, length % 70));

        assertThat(samples).as("seed %d", seed)
                .allSatisfy(bytes -> assertThat(base.decode(base.encode(bytes))).isEqualTo(bytes));
    }

    @Test
    void everyBaseIsAnnouncedByItsOwnCharacter() {
        for (Multibase base : Multibase.values()) {
            assertThat(Multibase.announcedBy(base.encode(new byte[]{1, 2, 3}))).isEqualTo(base);
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int zeros = random.nextInt(3); zeros > 0 && zeros <= length; zeros--) {
            bytes[zeros - 1] = 0;
        }
        return bytes;
    }
}
