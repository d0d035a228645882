package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whose voices are sent, in virtual time.
final class VoicesTest {
    private static final long MS = 1_000_000;
    private static final long HOLD_NS = 300 * MS;
    private static final int SENT = 3;

    private final ActiveSpeaker<String> speakers = new ActiveSpeaker<>();
    private final Voices<String> voices = new Voices<>(speakers, SENT, HOLD_NS);
    private final Set<String> there = new LinkedHashSet<>();
    private long nowNs = 3_600_000 * MS;

    private void come(String... sources) {
        there.addAll(List.of(sources));
        voices.settle(there::contains, there);
    }

    private void go(String source) {
        there.remove(source);
        speakers.gone(source);
        voices.settle(there::contains, there);
    }

    private boolean heard(String source, int level) {
        speakers.heard(source, level, nowNs);
        return voices.heard(source, nowNs);
    }

    private void speak(long ms, int level, String... sources) {
        for (long at = 0; at < ms; at += 100) {
            Arrays.stream(sources).forEach(source -> heard(source, level));
            nowNs += 100 * MS;
        }
    }

    private List<String> audience() {
        return voices.heardBy("somebody who only listens");
    }

    @Test
    void inASmallCallEverybodyIsSentToEverybodyBeforeASoundIsMade() {
        come("alice", "bob", "carol", "dave");
        assertThat(voices.heardBy("alice")).containsExactlyInAnyOrder("bob", "carol", "dave");
        assertThat(voices.heardBy("dave")).containsExactlyInAnyOrder("alice", "bob", "carol");
        assertThat(audience()).hasSize(SENT);
    }

    @Test
    void whoBeginsIsSentAtOnce() {
        come("a", "b", "c", "d", "e", "f");
        assertThat(audience()).doesNotContain("f");
        assertThat(heard("f", 30)).isTrue();
        assertThat(audience()).contains("f").hasSize(SENT);
    }

    @Test
    void theOneWhoHasBeenSilentLongestMakesRoom() {
        come("a", "b", "c", "d", "e");
        speak(500, 30, "b");
        speak(500, 30, "a");
        speak(500, 30, "c");
        nowNs += 400 * MS;
        heard("e", 30);
        assertThat(audience()).containsExactlyInAnyOrder("a", "c", "e");
        assertThat(voices.heardBy("a")).as("who was heard a moment ago").contains("b");
    }

    @Test
    void aFourthDoesNotCutAnybodyOff() {
        come("a", "b", "c", "d", "e");
        speak(2_000, 30, "a", "b", "c");
        speak(3_000, 30, "a", "b", "c", "e");
        assertThat(audience()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(voices.heardBy("a")).containsExactlyInAnyOrder("b", "c", "e");
    }

    @Test
    void threeHundredMillisecondsOfSilenceAreEnough() {
        come("a", "b", "c", "d", "e");
        speak(2_000, 30, "a", "b", "c");
        for (int i = 0; i < 3; i++) {
            speak(100, 30, "a", "b", "e");
            assertThat(audience())
                    .as("%d ms after its last sound", 200 + i * 100)
                    .contains("c");
        }
        speak(200, 30, "a", "b", "e");
        assertThat(audience()).containsExactlyInAnyOrder("a", "b", "e");
    }

    /// Three fans, and somebody who has something to say.
    @Test
    void aVoiceGetsInAgainstSteadyNoise() {
        come("a", "b", "c", "d", "e");
        speak(20_000, 35, "a", "b", "c", "d");
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20; i++) {
            speak(100, 35, "a", "b", "c", "d");
            heard("e", 25 + random.nextInt(15));
        }
        assertThat(audience()).contains("e");
        for (int i = 0; i < 200; i++) {
            speak(100, 35, "a", "b", "c", "d");
            heard("e", 25 + random.nextInt(15));
            assertThat(audience()).as("and stays").contains("e");
        }
    }

    @Test
    void whoIsGoneMakesRoomForWhoeverWasHeardLast() {
        come("a", "b", "c", "d", "e", "f");
        speak(1_000, 30, "e");
        speak(1_000, 30, "f");
        speak(1_000, 30, "a");
        go("a");
        assertThat(audience()).hasSize(SENT).contains("e", "f").doesNotContain("a");
        assertThat(voices.heardBy("f")).hasSize(SENT).contains("e");
    }

    @Test
    @DisplayName("hostile C14 three who are always loud")
    void hostile_C14_threeWhoAreAlwaysLoudDoNotKeepTheOthersOut() {
        come("m1", "m2", "m3", "m4", "alice");
        SplittableRandom random = new SplittableRandom(5);
        int sentMs = 0;
        for (int i = 0; i < 600; i++) {
            speak(100, 0, "m1", "m2", "m3", "m4");
            if (random.nextInt(10) < 7) {
                heard("alice", 22 + random.nextInt(20));
            }
            sentMs += audience().contains("alice") ? 100 : 0;
        }
        assertThat(sentMs).isGreaterThan(45_000);
    }

    /// What must hold whoever comes, goes and speaks.
    @Test
    void whateverHappensNobodyIsSentTooManyOrCutOffByAWhisper() {
        Fuzz.random(300, random -> {
            VoicesTest room = new VoicesTest();
            for (int i = 0; i < 400; i++) {
                room.step(random);
            }
        });
    }

    private void step(SplittableRandom random) {
        nowNs += random.nextLong(150 * MS);
        String somebody = "s" + random.nextInt(9);
        List<String> before = new ArrayList<>(audience());
        int what = random.nextInt(12);
        if (what == 0) {
            go(somebody);
        } else if (what == 1 || !there.contains(somebody)) {
            come(somebody);
        } else {
            double quietest = before.stream()
                    .mapToDouble(seated -> speakers.loudness(seated, nowNs))
                    .min()
                    .orElse(0);
            boolean allSound = before.stream().noneMatch(seated -> speakers.silent(seated, HOLD_NS, nowNs));
            heard(somebody, random.nextInt(51));
            boolean comesIn = before.size() == SENT
                    && !before.contains(somebody)
                    && audience().contains(somebody);
            if (!allSound) {
                assertThat(audience()).as("somebody is silent").contains(somebody);
            } else if (comesIn) {
                assertThat(speakers.loudness(somebody, nowNs)).isGreaterThan(quietest);
            }
        }
        assertThat(audience()).hasSize(Math.min(there.size(), SENT)).doesNotHaveDuplicates();
        assertThat(there).containsAll(audience());
        for (String listener : there) {
            assertThat(voices.heardBy(listener))
                    .hasSize(Math.min(there.size() - 1, SENT))
                    .doesNotContain(listener)
                    .doesNotHaveDuplicates();
        }
    }
}
