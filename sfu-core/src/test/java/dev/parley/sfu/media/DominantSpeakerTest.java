package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Who holds the floor, in virtual time: each source is told ten times a second while it makes sound.
final class DominantSpeakerTest {
    private static final long MS = 1_000_000;

    private final ActiveSpeaker<String> speakers = new ActiveSpeaker<>();
    private final DominantSpeaker<String> dominance = new DominantSpeaker<>(speakers);
    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<String, Long> heldMs = new TreeMap<>();
    private long nowNs = 3_600_000 * MS;
    private int changes;

    private void heard(String source, int level) {
        speakers.heard(source, level, nowNs);
        changes += dominance.heard(source, nowNs) ? 1 : 0;
    }

    private void speak(int level, long ms, String... sources) {
        for (long at = 0; at < ms; at += 100) {
            Arrays.stream(sources).forEach(source -> heard(source, level));
            pass();
        }
    }

    private void pass() {
        @Nullable String dominant = dominance.dominant();
        if (dominant != null) {
            heldMs.merge(dominant, 100L, Long::sum);
        }
        nowNs += 100 * MS;
    }

    private void silence(long ms) {
        for (long at = 0; at < ms; at += 100) {
            pass();
        }
    }

    /// Words of some 300 ms, louder and quieter, and a breath now and then.
    private void talk(String source) {
        int moment = random.nextInt(10);
        if (moment < 7) {
            heard(source, 22 + random.nextInt(22));
        }
    }

    @Test
    void whoSpeaksHoldsTheFloorAndKeepsItInSilence() {
        assertThat(dominance.dominant()).isNull();
        speak(25, 400, "alice");
        assertThat(dominance.dominant()).isEqualTo("alice");
        silence(60_000);
        assertThat(dominance.dominant()).isEqualTo("alice");
    }

    @Test
    void aCoughIsNothing() {
        speak(20, 100, "bob");
        assertThat(dominance.dominant()).isNull();
    }

    @Test
    void aWordBetweenDoesNotTakeIt() {
        speak(25, 3_000, "alice");
        speak(25, 300, "alice", "bob");
        speak(25, 1_000, "alice");
        assertThat(dominance.dominant()).isEqualTo("alice");
    }

    @Test
    void theAnswerTakesItWithinASecond() {
        speak(25, 5_000, "alice");
        silence(200);
        speak(25, 1_000, "bob");
        assertThat(dominance.dominant()).isEqualTo("bob");
        assertThat(dominance.recent()).containsExactly("bob", "alice");
    }

    @Test
    void whoIsGoneDoesNotHoldIt() {
        speak(25, 500, "alice");
        dominance.gone("alice");
        assertThat(dominance.dominant()).isNull();
        assertThat(dominance.recent()).isEmpty();
    }

    @Test
    void theRecentAreInTheOrderOfTheirLastTurn() {
        for (String source : new String[] {"alice", "bob", "carol", "alice"}) {
            speak(25, 2_000, source);
            silence(2_000);
        }
        assertThat(dominance.recent()).containsExactly("alice", "carol", "bob");
    }

    @Test
    void atMostOneChangeASecondHoweverManyShout() {
        for (int i = 0; i < 600; i++) {
            for (int source = 0; source < 20; source++) {
                if (random.nextInt(3) > 0) {
                    heard("s" + source, random.nextInt(50));
                }
            }
            pass();
        }
        assertThat(changes).isBetween(1, 61);
    }

    @Test
    void twoWhoTalkAtOnceDoNotThrowItToAndFro() {
        for (int i = 0; i < 250; i++) {
            talk("alice");
            talk("bob");
            pass();
        }
        assertThat(changes).isLessThan(8);
    }

    @Test
    @DisplayName("hostile C14 always 0 dBov")
    void hostile_C14_whoIsAlwaysAsLoudAsCanBeLosesTheFloorToWhoeverSpeaks() {
        for (int i = 0; i < 1_200; i++) {
            heard("mallory", 0);
            if (i > 50) {
                talk("alice");
            }
            pass();
        }
        assertThat(dominance.dominant()).isEqualTo("alice");
        assertThat(heldMs.getOrDefault("mallory", 0L)).isLessThan(25_000);
        assertThat(changes).isLessThan(5);
    }

    /// It knows how ours works, and pauses as often as it must to be taken for a voice.
    @Test
    @DisplayName("hostile C14 0 dBov with pauses")
    void hostile_C14_whoNeverStopsShoutingDoesNotKeepTheFloorForEver() {
        long sinceMs = 0;
        for (int i = 0; i < 3_000; i++) {
            if (i % 20 > 3) {
                heard("mallory", 0);
            }
            talk("alice");
            pass();
            sinceMs = "mallory".equals(dominance.dominant()) ? sinceMs + 100 : 0;
            assertThat(sinceMs).isLessThan(40_000);
        }
        assertThat(heldMs.getOrDefault("alice", 0L)).isGreaterThan(20_000);
        assertThat(changes).isLessThan(60);
    }
}
