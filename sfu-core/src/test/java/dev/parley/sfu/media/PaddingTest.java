package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.rtp.Rtp;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PaddingTest {
    private final MediaRig rig = MediaRig.onOneLoop();
    private final CaughtMedia sink = rig.sink;
    private OutgoingTrack track = rig.track(MediaRig.format(true, false));

    @AfterEach
    void nothingIsLeft() {
        rig.onWatcher(() -> track.close(0));
        assertThat(rig.packetsOut()).isZero();
    }

    private void show() {
        rig.onWatcher(() -> track.show(rig.camera, 0));
        rig.camera(0, rig.layers[0].keyFrame());
        sink.sent.clear();
    }

    private List<CaughtMedia.Sent> pad(int bytes) {
        sink.sent.clear();
        rig.onWatcher(() -> track.pad(bytes));
        return List.copyOf(sink.sent);
    }

    @Test
    void nothingIsThereToPadWithBeforeAPicture() {
        assertThat(track.canPad()).isFalse();
        assertThat(pad(500)).isEmpty();
        show();
        assertThat(track.canPad()).isTrue();
    }

    @Test
    void withoutRtxThereIsNone() {
        track = rig.track(MediaRig.format(false, false));
        show();
        assertThat(track.canPad()).isFalse();
        assertThat(pad(500)).isEmpty();
    }

    @Test
    void aPacketThatFitsGoesOutAgain() {
        show();
        rig.camera(0, rig.layers[0].frame());
        int length = sink.sent.getLast().bytes().length;
        List<CaughtMedia.Sent> sent = pad(length + 80);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().ssrc()).isEqualTo(MediaRig.RTX_SSRC);
        assertThat(Rtp.paddingLength(sent.getFirst().packet())).isZero();
    }

    /// No packet is as long as that; nothing but padding has at most 255 bytes of it.
    @Test
    void elsePacketsOfNothingButPadding() {
        show();
        List<CaughtMedia.Sent> sent = pad(1100);
        assertThat(sent).hasSizeBetween(4, 5).allSatisfy(one -> {
            assertThat(one.ssrc()).isEqualTo(MediaRig.RTX_SSRC);
            assertThat(one.payloadType()).isEqualTo(MediaRig.VP8_RTX);
            assertThat(Rtp.valid(one.packet())).isTrue();
            assertThat(Rtp.payloadLength(one.packet())).isZero();
        });
        int bytes = sent.stream()
                .mapToInt(one -> one.bytes().length + sink.overheadBytes())
                .sum();
        assertThat(bytes).isBetween(1100, 1100 + 40);
        assertThat(pad(1100).getFirst().seq())
                .as("no number is left out")
                .isEqualTo(sent.getLast().seq() + 1);
    }

    @Test
    void aNumberThatWasNotUsedIsTheNextOnes() {
        show();
        int seq = pad(100).getFirst().seq();
        sink.refuses = true;
        assertThat(pad(1100)).isEmpty();
        sink.refuses = false;
        assertThat(pad(100).getFirst().seq()).isEqualTo(seq + 1);
    }

    @Test
    void aPauseOfThePictureHasNone() {
        show();
        sink.takesPictures = false;
        assertThat(track.canPad()).isFalse();
        assertThat(pad(500)).isEmpty();
    }
}
