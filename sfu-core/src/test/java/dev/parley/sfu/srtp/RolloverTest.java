package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 3711 Appendix A, whose comparisons are strict on one side.
class RolloverTest {
    @ParameterizedTest
    @CsvSource({
        // highest, seq, index
        "0x0000_0000, 0x0001, 0x0000_0001",
        "0x0000_ffff, 0x0000, 0x0001_0000",
        "0x0001_0000, 0xffff, 0x0000_ffff",
        "0x0001_7fff, 0xffff, 0x0001_ffff", // ahead by 32,768: this cycle
        "0x0001_7ffe, 0xffff, 0x0000_ffff", // ahead by 32,769: the one before
        "0x0001_8000, 0x0000, 0x0001_0000", // behind by 32,768: this cycle
        "0x0001_8001, 0x0000, 0x0002_0000", // behind by 32,769: the next
        "0x0000_0064, 0xfde8, -0x0000_0218", // before the first packet there was
    })
    void estimatesAsTheAppendixDoes(String highest, String seq, String index) {
        assertThat(Rollover.estimate(number(highest), (int) number(seq))).isEqualTo(number(index));
    }

    @Test
    void anyStepBelowHalfACycleIsFound() {
        Fuzz.random(100_000, random -> {
            long highest = random.nextLong(1L << 16, 1L << 47);
            long index = highest + random.nextInt(-32_767, 32_768);
            assertThat(Rollover.estimate(highest, (int) index & 0xffff)).isEqualTo(index);
        });
    }

    private static long number(String text) {
        return Long.decode(text.replace("_", ""));
    }
}
