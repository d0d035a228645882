package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FuzzTest {
    private static final byte[] SAMPLE = HexFormat.of().parseHex("000100082112a442000102030405060708090a0b00060004");

    private final Properties before = (Properties) System.getProperties().clone();

    @BeforeEach
    void clearProperties() {
        System.clearProperty("parley.seed");
        System.clearProperty("parley.run");
    }

    @AfterEach
    void restoreProperties() {
        System.setProperties(before);
    }

    @Test
    void givesTheSameInputsForOneSeedAndOthersForAnother() {
        assertThat(inputs("7")).isEqualTo(inputs("7")).isNotEqualTo(inputs("8"));
    }

    @Test
    void staysWithinTheLengthAndReachesBothEnds() {
        Set<Integer> lengths = new HashSet<>();
        Fuzz.bytes(5_000, 40, bytes -> lengths.add(bytes.length));
        assertThat(lengths).hasSize(41).contains(0, 40).doesNotContain(41);
    }

    @Test
    void failureNamesSeedRunAndInputAndKeepsTheCause() {
        System.setProperty("parley.seed", "99");
        IllegalStateException cause = new IllegalStateException("boom");
        int[] run = {0};
        assertThatThrownBy(() -> Fuzz.bytes(100, 10, bytes -> {
                    if (run[0]++ == 17) {
                        throw cause;
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dparley.seed=99 -Dparley.run=17")
                .hasMessageContaining("input begins")
                .hasMessageContaining("boom")
                .hasCause(cause);
    }

    @Test
    void repeatsOneRunAlone() {
        List<byte[]> all = new ArrayList<>();
        Fuzz.mutations(50, List.of(SAMPLE), all::add);
        System.setProperty("parley.run", "31");
        List<byte[]> one = new ArrayList<>();
        Fuzz.mutations(50, List.of(SAMPLE), one::add);
        assertThat(one).hasSize(1);
        assertThat(one.getFirst()).isEqualTo(all.get(31));
    }

    @Test
    void mutationsDifferFromTheSampleButStayNearIt() {
        int[] counts = new int[3];
        byte[] before = SAMPLE.clone();
        Fuzz.mutations(2_000, List.of(SAMPLE, "other".getBytes(StandardCharsets.US_ASCII)), bytes -> {
            counts[0] += bytes.length < SAMPLE.length ? 1 : 0;
            counts[1] += bytes.length == SAMPLE.length ? 1 : 0;
            counts[2] += bytes.length > SAMPLE.length ? 1 : 0;
        });
        assertThat(IntStream.of(counts).boxed()).allMatch(count -> count > 200);
        assertThat(SAMPLE).as("the sample itself is never written to").isEqualTo(before);
    }

    @Test
    void toleratesEmptySamples() {
        Fuzz.mutations(
                1_000,
                List.of(new byte[0], new byte[1]),
                bytes -> assertThat(bytes.length).isLessThan(100));
    }

    @Test
    void propertiesGetTheirOwnGeneratorForEachRun() {
        Set<Long> values = new HashSet<>();
        Fuzz.random(1_000, random -> values.add(random.nextLong()));
        assertThat(values).hasSize(1_000);
    }

    @Test
    void seedsCountUpFromTheTestRunsOwnAndAreNamedOnFailure() {
        assertThat(Fuzz.seeds(3)).containsExactly(42L, 43L, 44L);
        assertThatThrownBy(() -> Fuzz.seeds(3, seed -> assertThat(seed).isLessThan(44)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dparley.seed=44");
    }

    private static List<String> inputs(String seed) {
        System.setProperty("parley.seed", seed);
        List<String> inputs = new ArrayList<>();
        Fuzz.bytes(200, 64, bytes -> inputs.add(HexFormat.of().formatHex(bytes)));
        Fuzz.mutations(200, List.of(SAMPLE), bytes -> inputs.add(HexFormat.of().formatHex(bytes)));
        return inputs;
    }
}
