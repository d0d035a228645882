package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RtpHeaderWriterTest {
    private static final int ROOM = 400;
    private static final ExtensionIds SOURCE_IDS = ExtensionIds.NONE
            .with(ExtensionType.AUDIO_LEVEL, 1)
            .with(ExtensionType.MID, 3)
            .with(ExtensionType.TRANSPORT_CC, 5)
            .with(ExtensionType.DEPENDENCY_DESCRIPTOR, 12)
            .with(ExtensionType.VIDEO_ORIENTATION, 13);
    /// A CSRC, padding and all extensions of the source; the descriptor has three bytes.
    private static final String SOURCE =
            "b1e0 1234 01020304 a1b2c3d4 99999999 bede0004 10 85 31 7a7a 51 0bad c2 800001 d0 01 0000 beef 00000004";

    private final HeaderExtensions values = new HeaderExtensions();
    private final Packet out = Packets.of(new byte[0], 0xee);

    @Test
    void renumbersWhatIsForwardedAndAddsItsOwn() {
        ExtensionIds ids = ExtensionIds.NONE
                .with(ExtensionType.MID, 1)
                .with(ExtensionType.TRANSPORT_CC, 2)
                .with(ExtensionType.ABS_SEND_TIME, 3)
                .with(ExtensionType.AUDIO_LEVEL, 4)
                .with(ExtensionType.DEPENDENCY_DESCRIPTOR, 5);
        RtpHeaderWriter writer = writer(ids, false, "v7");
        int header = write(writer, SOURCE, ROOM);
        RtpHeaderWriter.stamp(out, writer.transportCcAt(), 0x1_beef, writer.absSendTimeAt(), 1_500_000_000L);
        assertThat(Packets.hex(out))
                .isEqualTo("90e4fffe0000000700000009" + "bede0004" + "117637" + "21beef" + "32060000" + "52800001"
                        + "4085");
        assertThat(header).isEqualTo(32);
    }

    @Test
    void writesTheCaptureTimeItWasToldAndNoneOtherwise() {
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.ABS_CAPTURE_TIME, 9);
        RtpHeaderWriter writer = writer(ids, false, "");
        assertThat(write(writer, SOURCE, ROOM)).isEqualTo(12);
        writer.captureTime(0xe123_4567_89ab_cdefL);
        int header = write(writer, SOURCE, ROOM);
        assertThat(Packets.hex(out)).endsWith("bede0003" + "97" + "e123456789abcdef" + "000000");
        assertThat(header).isEqualTo(28);
        writer.captureTime(0);
        assertThat(write(writer, SOURCE, ROOM)).isEqualTo(12);
    }

    @Test
    void tellsWhereTheDependencyDescriptorIsAndLeavesItOutWhenTold() {
        RtpHeaderWriter writer = writer(SOURCE_IDS, false, "");
        write(writer, SOURCE, ROOM);
        assertThat(out.u24(writer.dependenciesAt())).isEqualTo(0x800001);
        writer.dependencies(false);
        write(writer, SOURCE, ROOM);
        assertThat(writer.dependenciesAt()).isEqualTo(-1);
        assertThat(values.parse(out, SOURCE_IDS)).isTrue();
        assertThat(values.has(ExtensionType.DEPENDENCY_DESCRIPTOR)).isFalse();
        assertThat(values.has(ExtensionType.AUDIO_LEVEL)).isTrue();
        writer.dependencies(true);
        write(writer, SOURCE, ROOM);
        assertThat(writer.dependenciesAt()).isPositive();
    }

    @Test
    void noExtensionsGiveTheFixedHeader() {
        assertThat(write(writer(ExtensionIds.NONE, true, "v7"), SOURCE, ROOM)).isEqualTo(12);
        assertThat(Packets.hex(out)).isEqualTo("80e4fffe0000000700000009");
        assertThat(write(writer(SOURCE_IDS, true, ""), "8060000100000001000000010a", 12))
                .isEqualTo(12);
    }

    @Test
    void theSourcesOwnMidAndSequenceAreNeverPassedOn() {
        RtpHeaderWriter writer = writer(ExtensionIds.NONE.with(ExtensionType.MID, 1), false, "");
        assertThat(write(writer, SOURCE, ROOM)).isEqualTo(12);
        assertThat(writer.transportCcAt()).isEqualTo(-1);
        assertThat(writer.absSendTimeAt()).isEqualTo(-1);
    }

    @Test
    void takesTheTwoByteFormOnlyWhenNeededAndAllowed() {
        String longDescriptor =
                "9060 0001 00000001 00000001 1000 0006 0c11" + "80000102030405060708090a0b0c0d0e0f" + "0101050000";
        ExtensionIds ids =
                ExtensionIds.NONE.with(ExtensionType.DEPENDENCY_DESCRIPTOR, 12).with(ExtensionType.AUDIO_LEVEL, 1);
        write(writer(ids, true, ""), longDescriptor, ROOM);
        assertThat(Packets.hex(out).substring(24))
                .isEqualTo("10000006" + "0c11" + "80000102030405060708090a0b0c0d0e0f" + "010105" + "0000");
        write(writer(ids, false, ""), longDescriptor, ROOM);
        assertThat(Packets.hex(out).substring(24)).isEqualTo("bede0001" + "1005" + "0000");
        write(writer(ids, true, ""), longDescriptor, 12 + 4 + 8);
        assertThat(Packets.hex(out).substring(24))
                .as("the long one had no room")
                .isEqualTo("bede0001" + "1005" + "0000");
    }

    @Test
    void idsAboveFourteenNeedTheTwoByteForm() {
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.AUDIO_LEVEL, 16);
        write(writer(ids, true, ""), SOURCE, ROOM);
        assertThat(Packets.hex(out).substring(24)).isEqualTo("10000001" + "100185" + "00");
        assertThat(write(writer(ids, false, ""), SOURCE, ROOM)).isEqualTo(12);
    }

    @Test
    void leavesOutTheLeastNeededFirst() {
        ExtensionIds ids = SOURCE_IDS.with(ExtensionType.ABS_SEND_TIME, 2);
        RtpHeaderWriter writer = writer(ids, false, "v7");
        int full = write(writer, SOURCE, ROOM);
        assertThat(full).isEqualTo(12 + 4 + 20);
        for (int room = full - 1; room >= 12; room--) {
            int header = write(writer, SOURCE, room);
            assertThat(header).isLessThanOrEqualTo(room);
            assertThat(values.parse(out, ids)).isTrue();
            assertThat(values.has(ExtensionType.MID)).isEqualTo(room >= 20);
            assertThat(values.has(ExtensionType.TRANSPORT_CC)).isEqualTo(room >= 24);
            assertThat(writer.transportCcAt()).isEqualTo(values.offset(ExtensionType.TRANSPORT_CC));
        }
        assertThat(write(writer, SOURCE, 0))
                .as("the fixed part is always there")
                .isEqualTo(12);
    }

    @Test
    void writesHeadersWithoutASource() {
        RtpHeaderWriter writer = writer(SOURCE_IDS, false, "v7");
        int header = writer.writeNew(out, true, 97, 1, 2, 3, ROOM);
        out.length(header);
        assertThat(Packets.hex(out))
                .isEqualTo("90e1000100000002" + "00000003" + "bede0002" + "317637" + "510000" + "0000");
    }

    @Test
    void whatWasWrittenIsReadBack() {
        Fuzz.random(20_000, random -> {
            Map<ExtensionType, byte[]> sent = new EnumMap<>(ExtensionType.class);
            ExtensionIds sourceIds = randomIds(random);
            ExtensionIds targetIds = randomIds(random);
            Packet source = randomSource(random, sourceIds, sent);
            assertThat(values.parse(source, sourceIds)).isTrue();
            boolean mixed = random.nextBoolean();
            RtpHeaderWriter writer = writer(targetIds, mixed, "mid" + random.nextInt(1000));
            out.length(writer.write(source, values, out, 1, 2, 3, 4, ROOM));
            assertThat(Rtp.valid(out)).isTrue();
            HeaderExtensions got = new HeaderExtensions();
            assertThat(got.parse(out, targetIds)).isTrue();
            for (ExtensionType type : ExtensionType.ALL) {
                check(type, sent.get(type), targetIds, mixed, got);
            }
        });
    }

    private void check(
            ExtensionType type, byte @Nullable [] value, ExtensionIds targetIds, boolean mixed, HeaderExtensions got) {
        if (!targetIds.has(type)) {
            assertThat(got.has(type)).isFalse();
        } else if (type == ExtensionType.MID) {
            assertThat(got.has(type)).isEqualTo(mixed || targetIds.id(type) <= 14);
        } else if (type.forwarded() && value != null) {
            boolean small = targetIds.id(type) <= 14 && value.length > 0 && value.length <= 16;
            assertThat(got.has(type)).isEqualTo(mixed || small);
            if (got.has(type)) {
                int at = got.offset(type);
                assertThat(Arrays.copyOfRange(out.array(), at, at + got.length(type)))
                        .isEqualTo(value);
            }
        } else if (type.forwarded()) {
            assertThat(got.has(type)).isFalse();
        }
    }

    private static ExtensionIds randomIds(SplittableRandom random) {
        ExtensionIds ids = ExtensionIds.NONE;
        for (ExtensionType type : ExtensionType.ALL) {
            int id = random.nextInt(4) == 0 ? 16 + random.nextInt(240) : 1 + random.nextInt(14);
            ids = random.nextInt(3) == 0 ? ids : ids.with(type, id);
        }
        return ids;
    }

    /// A source in the two-byte form whose values are up to 20 bytes.
    private static Packet randomSource(SplittableRandom random, ExtensionIds ids, Map<ExtensionType, byte[]> sent) {
        Packet p = Packets.hex("9060 0001 00000001 00000001 1000 0000");
        int at = 16;
        for (ExtensionType type : ExtensionType.ALL) {
            if (ids.has(type) && random.nextBoolean()) {
                byte[] value = new byte[random.nextInt(21)];
                random.nextBytes(value);
                sent.put(type, value);
                p.u8(at++, ids.id(type));
                p.u8(at++, value.length);
                System.arraycopy(value, 0, p.array(), at, value.length);
                at += value.length;
            }
        }
        int end = at + 3 & ~3;
        p.u16(14, (end - 16) / 4);
        p.length(end);
        return p;
    }

    @Test
    void allocatesNothing() {
        Packet source = Packets.hex(SOURCE);
        values.parse(source, SOURCE_IDS);
        RtpHeaderWriter writer = writer(SOURCE_IDS, true, "v7");
        long bytes = Allocations.of(20_000, () -> {
            writer.write(source, values, out, 100, 1, 2, 3, ROOM);
            RtpHeaderWriter.stamp(out, writer.transportCcAt(), 7, writer.absSendTimeAt(), 1);
        });
        assertThat(bytes).isZero();
    }

    private static RtpHeaderWriter writer(ExtensionIds ids, boolean twoByteAllowed, String mid) {
        RtpHeaderWriter writer = new RtpHeaderWriter(ids, twoByteAllowed);
        writer.mid(mid.getBytes(StandardCharsets.US_ASCII));
        return writer;
    }

    private int write(RtpHeaderWriter writer, String source, int room) {
        Packet p = Packets.hex(source);
        assertThat(values.parse(p, SOURCE_IDS)).isTrue();
        int header = writer.write(p, values, out, 100, 0xfffe, 7, 9, room);
        out.length(header);
        return header;
    }
}
