package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import org.junit.jupiter.api.Test;

final class AudioLevelTest {
    private static final ExtensionIds IDS = ExtensionIds.NONE.with(ExtensionType.AUDIO_LEVEL, 1);

    private final HeaderExtensions extensions = new HeaderExtensions();

    @Test
    void readsLevelAndVoice() {
        int speech = level("9060 0001 00000001 00000001 bede0001 10 9e 0000");
        assertThat(AudioLevel.level(speech)).isEqualTo(30);
        assertThat(AudioLevel.voice(speech)).isTrue();
        int silence = level("9060 0001 00000001 00000001 bede0001 10 7f 0000");
        assertThat(AudioLevel.level(silence)).isEqualTo(AudioLevel.SILENCE);
        assertThat(AudioLevel.voice(silence)).isFalse();
    }

    @Test
    void aPacketWithoutALevelIsSilent() {
        int absent = level("8060 0001 00000001 00000001");
        assertThat(absent).isEqualTo(AudioLevel.ABSENT);
        assertThat(AudioLevel.level(absent)).isEqualTo(AudioLevel.SILENCE);
        assertThat(AudioLevel.voice(absent)).isFalse();
        assertThat(level("9060 0001 00000001 00000001 1000 0001 0100 0000"))
                .as("empty")
                .isEqualTo(AudioLevel.ABSENT);
    }

    private int level(String digits) {
        Packet p = Packets.hex(digits);
        assertThat(extensions.parse(p, IDS)).isTrue();
        return AudioLevel.of(p, extensions);
    }
}
