package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TrackFeedTest {
    private final MediaRig rig = MediaRig.onOneLoop();
    private final TrackFeed feed = new TrackFeed(rig.camera, rig.owner, rig.limits);

    private void accept(long index, long nowNs) {
        Packet packet = rig.layers[1].frame();
        packet.arrivalNs(nowNs);
        feed.accept(packet, 1, index, nowNs);
    }

    @Test
    void keepsPacketsOfEachEncodingForRepair() {
        accept(100, 0);
        accept(101, MS);
        MediaPacket recalled = Objects.requireNonNull(feed.recall(1, 100));
        assertThat(recalled.seqIndex()).isEqualTo(100);
        assertThat(recalled.encoding()).isEqualTo(1);
        assertThat(feed.recall(0, 100)).isNull();
        assertThat(feed.recall(1, 102)).isNull();
    }

    @Test
    void keepsThemForASecond() {
        accept(100, 0);
        accept(101, rig.limits.history().ns() + 1);
        assertThat(feed.recall(1, 100)).isNull();
        assertThat(rig.packetsOut()).isEqualTo(1);
    }

    @Test
    void keepsNotMoreThanTheLimit() {
        for (int i = 0; i < 3 * rig.limits.history().packets(); i++) {
            accept(100 + i, 0);
        }
        assertThat(rig.packetsOut()).isEqualTo(rig.limits.history().packets());
    }

    @Test
    void anEncodingIsAliveWhileItArrives() {
        assertThat(feed.alive(1, 0)).isFalse();
        accept(100, MS);
        assertThat(feed.alive(1, LayerSelector.VANISHED_NS)).isTrue();
        assertThat(feed.alive(1, MS + LayerSelector.VANISHED_NS)).isFalse();
        assertThat(feed.alive(0, MS)).isFalse();
    }

    private void picture(int encoding, long index, long nowNs) {
        Packet packet = rig.layers[encoding].frame();
        packet.arrivalNs(nowNs);
        feed.accept(packet, encoding, index, nowNs);
    }

    @Test
    void anEncodingIsOutpacedWhenOthersBringThreePicturesInItsSilence() {
        picture(2, 1, 0);
        for (int i = 1; i <= 3; i++) {
            picture(1, i, i * MS);
        }
        assertThat(feed.outpaced(2, LayerSelector.SILENT_NS, LayerSelector.SILENT_NS - 1))
                .as("it may be late")
                .isFalse();
        assertThat(feed.outpaced(2, LayerSelector.SILENT_NS, LayerSelector.SILENT_NS))
                .isTrue();
        assertThat(feed.outpaced(1, LayerSelector.SILENT_NS, LayerSelector.SILENT_NS + 3 * MS))
                .as("all are silent")
                .isFalse();
        picture(2, 2, LayerSelector.SILENT_NS);
        assertThat(feed.outpaced(2, LayerSelector.SILENT_NS, 2 * LayerSelector.SILENT_NS))
                .isFalse();
        assertThat(feed.outpaced(0, LayerSelector.SILENT_NS, 0))
                .as("never came")
                .isTrue();
    }

    @Test
    void manyPacketsOfOnePictureAreOnePicture() {
        picture(2, 1, 0);
        for (int i = 1; i <= 9; i++) {
            rig.layers[1].timestamp = 5_000;
            picture(1, i, i * MS);
        }
        assertThat(feed.outpaced(2, LayerSelector.SILENT_NS, LayerSelector.SILENT_NS))
                .isFalse();
    }

    @Test
    void saysWhatItsEncodingsTakeAndHowLargeTheyAre() {
        SourceLayers layers = new SourceLayers();
        for (int i = 0; i < 40; i++) {
            Packet packet = i == 0 ? rig.layers[1].keyFrame() : rig.layers[1].frame();
            if (i == 0) {
                packet.i32(23, 0x8002_6801); // 640 x 360, RFC 6386 section 9.1
            }
            packet.arrivalNs(i * 50L * MS);
            feed.accept(packet, 1, i, i * 50L * MS);
        }
        feed.describe(layers, 2_000 * MS);
        assertThat(layers.count()).isEqualTo(3);
        assertThat(layers.comes(1)).isTrue();
        assertThat(layers.comes(2)).isFalse();
        assertThat(layers.offered(2)).as("nobody has asked for it").isTrue();
        assertThat(layers.bps(1, 0)).isBetween(8_000L, 9_000L);
        assertThat(layers.bps(2, 0)).isEqualTo(SourceLayers.UNKNOWN);
        assertThat(layers.width(1)).isEqualTo(640);
        assertThat(layers.height(2)).as("twice as large").isEqualTo(720);
        feed.close();
    }

    @Test
    void onceClosedItKeepsNothing() {
        accept(100, 0);
        feed.close();
        assertThat(feed.recall(1, 100)).isNull();
        accept(101, 0);
        assertThat(rig.packetsOut()).isZero();
    }
}
