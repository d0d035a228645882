package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import org.junit.jupiter.api.Test;

final class Vp9DescriptorTest {
    /// I L B V; picture id 0x1234; TID 0, SID 0; TL0PICIDX 9; two layers with sizes, one picture of a group
    /// with one reference; one byte of VP9.
    private static final String KEY = "aa 9234 00 09 38 0140 00b4 0280 0168 01 14 01 77";

    private final Vp9Descriptor vp9 = new Vp9Descriptor();

    private boolean parse(String digits) {
        Packet p = Packets.hex(digits);
        return vp9.parse(p, 0, p.length());
    }

    @Test
    void readsAKeyFrameWithItsStructure() {
        assertThat(parse(KEY)).isTrue();
        assertThat(vp9.length()).isEqualTo(17);
        assertThat(vp9.startsKeyFrame()).isTrue();
        assertThat(vp9.endsFrame()).isFalse();
        assertThat(vp9.pictureId()).isEqualTo(0x1234);
        assertThat(vp9.pictureIdBits()).isEqualTo(15);
        assertThat(vp9.tl0PicIdx()).isEqualTo(9);
        assertThat(vp9.spatialLayers()).isEqualTo(2);
        assertThat(vp9.width()).isEqualTo(640);
        assertThat(vp9.height()).isEqualTo(360);
    }

    @Test
    void readsLayersOfAnInterPicture() {
        assertThat(parse("e5 11 53 08 77")).isTrue(); // I P L E Z
        assertThat(vp9.length()).isEqualTo(4);
        assertThat(vp9.pictureId()).isEqualTo(0x11);
        assertThat(vp9.pictureIdBits()).isEqualTo(7);
        assertThat(vp9.temporalLayer()).isEqualTo(2);
        assertThat(vp9.switchingUpPoint()).isTrue();
        assertThat(vp9.spatialLayer()).isEqualTo(1);
        assertThat(vp9.interLayer()).isTrue();
        assertThat(vp9.tl0PicIdx()).isEqualTo(8);
        assertThat(vp9.interPicture()).isTrue();
        assertThat(vp9.endsFrame()).isTrue();
        assertThat(vp9.notReferenceForHigherLayers()).isTrue();
        assertThat(vp9.startsKeyFrame()).isFalse();
    }

    @Test
    void rewritesNumbersInPlaceWithoutChangingAWidth() {
        Packet p = Packets.hex(KEY);
        assertThat(vp9.parse(p, 0, p.length())).isTrue();
        assertThat(vp9.rewrittenLength()).isEqualTo(5);
        vp9.rewrite(p, 0, 0x1_2abc, 0x1_55);
        assertThat(Packets.hex(p)).startsWith("aaaabc0055" + "38");
        Packet narrow = Packets.hex("e5 11 53 08 77");
        assertThat(vp9.parse(narrow, 0, 5)).isTrue();
        assertThat(vp9.rewrittenLength()).isEqualTo(4);
        vp9.rewrite(narrow, 0, 0x2abc, 9);
        assertThat(Packets.hex(narrow)).isEqualTo("e53c530977");
        Packet flexible = Packets.hex("f8 11 00 03 05 06 77");
        assertThat(vp9.parse(flexible, 0, 7)).isTrue();
        assertThat(vp9.rewrittenLength()).as("no TL0PICIDX").isEqualTo(2);
        Packet bare = Packets.hex("08 77");
        assertThat(vp9.parse(bare, 0, 2)).isTrue();
        vp9.rewrite(bare, 0, 1, 1);
        assertThat(Packets.hex(bare)).isEqualTo("0877");
    }

    @Test
    void readsReferencesOfTheFlexibleMode() {
        assertThat(parse("f8 11 00 03 05 06 77")).isTrue(); // I P L F B: two more follow, then the last
        assertThat(vp9.length()).isEqualTo(6);
        assertThat(vp9.tl0PicIdx()).isEqualTo(Vp9Descriptor.NONE);
        assertThat(parse("f8 11 00 03 05 07 02 77")).as("four references").isFalse();
        assertThat(parse("38 00 77")).as("flexible without picture id").isFalse();
    }

    @Test
    void upperSpatialLayersStartNoKeyFrame() {
        assertThat(parse("a8 11 02 00 77")).isTrue();
        assertThat(vp9.startsFrame()).isTrue();
        assertThat(vp9.startsKeyFrame()).isFalse();
        assertThat(parse("08 77")).as("without layers").isTrue();
        assertThat(vp9.startsKeyFrame()).isTrue();
    }

    @Test
    void nothingOfThePacketBeforeIsLeft() {
        assertThat(parse(KEY)).isTrue();
        assertThat(parse("08 77")).isTrue();
        assertThat(vp9.pictureId()).isEqualTo(Vp9Descriptor.NONE);
        assertThat(vp9.spatialLayer()).isEqualTo(Vp9Descriptor.NONE);
        assertThat(vp9.spatialLayers()).isZero();
        assertThat(vp9.width()).isZero();
        assertThat(vp9.interLayer()).isFalse();
    }

    @Test
    void whatIsCutOffIsNoVp9() {
        byte[] key = Packets.hex(KEY).toBytes();
        for (int length = 0; length < key.length; length++) {
            assertThat(vp9.parse(Packets.of(key), 0, length))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void allocatesNothing() {
        Packet p = Packets.hex(KEY);
        assertThat(Allocations.of(20_000, () -> vp9.parse(p, 0, p.length()))).isZero();
    }
}
