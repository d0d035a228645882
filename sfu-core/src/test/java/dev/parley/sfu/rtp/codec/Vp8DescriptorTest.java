package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import org.junit.jupiter.api.Test;

final class Vp8DescriptorTest {
    /// X, S; I L T K; picture id 0x1234, TL0PICIDX 0x56, TID 1 Y KEYIDX 3; key frame of 640 x 360.
    private static final String KEY = "90 f0 9234 56 63 10a200 9d012a 8002 6841";

    private final Vp8Descriptor vp8 = new Vp8Descriptor();

    private boolean parse(String digits) {
        Packet p = Packets.hex(digits);
        return vp8.parse(p, 0, p.length());
    }

    @Test
    void readsEveryField() {
        assertThat(parse(KEY)).isTrue();
        assertThat(vp8.length()).isEqualTo(6);
        assertThat(vp8.pictureId()).isEqualTo(0x1234);
        assertThat(vp8.pictureIdBits()).isEqualTo(15);
        assertThat(vp8.tl0PicIdx()).isEqualTo(0x56);
        assertThat(vp8.temporalLayer()).isEqualTo(1);
        assertThat(vp8.layerSync()).isTrue();
        assertThat(vp8.droppable()).isFalse();
        assertThat(vp8.startsFrame()).isTrue();
        assertThat(vp8.startsKeyFrame()).isTrue();
        assertThat(vp8.width()).isEqualTo(640);
        assertThat(vp8.height()).as("without its scaling bits").isEqualTo(360);
    }

    @Test
    void readsTheShortForms() {
        assertThat(parse("10 01")).isTrue();
        assertThat(vp8.length()).isEqualTo(1);
        assertThat(vp8.hasPictureId()).isFalse();
        assertThat(vp8.hasTl0PicIdx()).isFalse();
        assertThat(vp8.temporalLayer()).isEqualTo(Vp8Descriptor.NONE);
        assertThat(vp8.startsKeyFrame()).isFalse();
        assertThat(parse("b0 80 7f 01")).isTrue();
        assertThat(vp8.pictureId()).isEqualTo(127);
        assertThat(vp8.pictureIdBits()).isEqualTo(7);
        assertThat(vp8.droppable()).isTrue();
        assertThat(parse("90 10 1f 01")).as("KEYIDX alone").isTrue();
        assertThat(vp8.temporalLayer()).isEqualTo(Vp8Descriptor.NONE);
        assertThat(parse("90 00 00")).as("X without anything").isTrue();
        assertThat(vp8.length()).isEqualTo(2);
    }

    @Test
    void nothingOfThePacketBeforeIsLeft() {
        assertThat(parse(KEY)).isTrue();
        assertThat(parse("00 01")).isTrue();
        assertThat(vp8.hasPictureId()).isFalse();
        assertThat(vp8.startsKeyFrame()).isFalse();
        assertThat(vp8.width()).isZero();
        assertThat(vp8.layerSync()).isFalse();
    }

    @Test
    void onlyTheFirstPartitionsFirstPacketStartsAFrame() {
        assertThat(parse("11 00")).as("S of the second partition").isTrue();
        assertThat(vp8.startsFrame()).isFalse();
        assertThat(vp8.startsKeyFrame()).isFalse();
        assertThat(parse("00 00")).as("continuation").isTrue();
        assertThat(vp8.startsKeyFrame()).isFalse();
    }

    @Test
    void aKeyFrameWhoseHeaderIsCutOffHasNoSize() {
        assertThat(parse("10 10a200 9d012a 8002 68")).isTrue();
        assertThat(vp8.startsKeyFrame()).isTrue();
        assertThat(vp8.width()).isZero();
        assertThat(parse("10 10a200 9d012b 8002 6841")).as("wrong start code").isTrue();
        assertThat(vp8.width()).isZero();
    }

    @Test
    void whatIsCutOffIsNoVp8() {
        byte[] key = Packets.hex(KEY).toBytes();
        for (int length = 0; length <= 6; length++) {
            assertThat(vp8.parse(Packets.of(key), 0, length))
                    .as("%d bytes", length)
                    .isFalse();
        }
        assertThat(vp8.parse(Packets.of(key), 0, 7)).isTrue();
        assertThat(parse("90 80 80")).as("half a picture id").isFalse();
    }

    @Test
    void rewritesInPlaceAndKeepsTheWidth() {
        Packet p = Packets.hex("cccc" + KEY);
        assertThat(vp8.parse(p, 2, p.length() - 2)).isTrue();
        Packet copy = Packets.hex("dddddd" + KEY);
        vp8.rewrite(copy, 3, 0x1_8001, 0x1ff);
        assertThat(Packets.hex(copy)).isEqualTo("dddddd" + "90f0" + "8001" + "ff" + "63" + "10a2009d012a80026841");
        assertThat(vp8.parse(copy, 3, copy.length() - 3)).isTrue();
        assertThat(vp8.pictureId()).isEqualTo(1);
        assertThat(vp8.tl0PicIdx()).isEqualTo(0xff);
    }

    @Test
    void aShortPictureIdWrapsAtSevenBits() {
        Packet p = Packets.hex("90 80 7f 01");
        assertThat(vp8.parse(p, 0, p.length())).isTrue();
        vp8.rewrite(p, 0, 128 + 5, 9);
        assertThat(Packets.hex(p)).isEqualTo("90800501");
    }

    @Test
    void rewritingLeavesAbsentFieldsAlone() {
        Packet p = Packets.hex("10 01 02");
        assertThat(vp8.parse(p, 0, p.length())).isTrue();
        vp8.rewrite(p, 0, 5, 5);
        assertThat(Packets.hex(p)).isEqualTo("100102");
    }

    @Test
    void allocatesNothing() {
        Packet p = Packets.hex(KEY);
        long bytes = Allocations.of(20_000, () -> {
            vp8.parse(p, 0, p.length());
            vp8.rewrite(p, 0, 7, 8);
        });
        assertThat(bytes).isZero();
    }
}
