package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.MediaKind;
import org.junit.jupiter.api.Test;

final class CodecTest {
    @Test
    void namesAreComparedWithoutCaseAndWithinTheirKind() {
        assertThat(Codec.of("vp8", MediaKind.VIDEO)).isEqualTo(Codec.VP8);
        assertThat(Codec.of("OPUS", MediaKind.AUDIO)).isEqualTo(Codec.OPUS);
        assertThat(Codec.of("red", MediaKind.AUDIO)).isEqualTo(Codec.RED);
        assertThat(Codec.of("red", MediaKind.VIDEO))
                .as("of video is another format")
                .isNull();
        assertThat(Codec.of("G722", MediaKind.AUDIO)).isNull();
    }
}
