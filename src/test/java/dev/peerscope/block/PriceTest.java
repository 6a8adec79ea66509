package dev.peerscope.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {

    private static final BigInteger HIGHEST = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "255", "256", "9223372036854775807", "9223372036854775808",
            "18446744073709551616",
            "115792089237316195423570985008687907853269984665640564039457584007913129639935"})
    void aPriceIsReadAndWrittenTheSame(String amount) {
        Price price = Price.of(new BigInteger(amount));

        assertThat(price).hasToString(amount).isEqualTo(Price.ofBytes(price.toBytes32()));
        assertThat(price).hasSameHashCodeAs(Price.ofBytes(price.toBytes32()));
        assertThat(price.toBytes32()).hasSize(32);
        assertThat(price.value()).isEqualTo(new BigInteger(amount));
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "00, 0", "05, 5", "0100, 256", "ff, 255", "00000005, 5",
            "8000000000000000, 9223372036854775808"})
    void shorterBytesAreTheLowerOnes(String hex, BigInteger amount) {
        Price price = Price.ofBytes(HexFormat.of().parseHex(hex));

        assertThat(price).isEqualTo(Price.of(amount));
    }

    @Test
    void moreThan32BytesAreRefusedEvenWithALeadingZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> Price.ofBytes(new byte[33])).withMessageContaining("33");
    }

    @Test
    void aPriceIsNeitherNegativeNorOver256Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(BigInteger.ONE.negate()));
        assertThatIllegalArgumentException().isThrownBy(() -> Price.of(HIGHEST.add(BigInteger.ONE)))
                .withMessageContaining("257 bits");
    }

    @Test
    void pricesAreOrderedByAmountWhateverTheirSize() {
        Price[] ascending = {Price.ZERO, Price.of(7), Price.of(Long.MAX_VALUE),
                Price.of(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE)), Price.of(HIGHEST)};

        assertThat(Stream.of(ascending[3], ascending[1], ascending[4], ascending[0], ascending[2]).sorted())
                .containsExactly(ascending);
    }
}
