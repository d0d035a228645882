package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ActiveSpeakerTest {
    private static final long MS = 1_000_000;

    private final ActiveSpeaker<String> speakers = new ActiveSpeaker<>();

    @Test
    void namesWhoIsHeardLoudestFirst() {
        speakers.heard("alice", 40, 0);
        speakers.heard("bob", 20, 0);
        assertThat(speakers.speaking(100 * MS)).containsExactly("bob", "alice");
    }

    @Test
    void aPauseBetweenWordsIsStillSpeaking() {
        speakers.heard("alice", 20, 0);
        assertThat(speakers.speaking(399 * MS)).containsExactly("alice");
        assertThat(speakers.speaking(400 * MS)).isEmpty();
    }

    @Test
    void whoIsGoneDoesNotSpeak() {
        speakers.heard("alice", 20, 0);
        speakers.gone("alice");
        assertThat(speakers.speaking(0)).isEmpty();
        assertThat(speakers.lastHeardNs("alice")).isEqualTo(Long.MIN_VALUE);
    }
}
