package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import dev.parley.sfu.rtp.codec.WrittenDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacketBuilderTest {
    private static final long NOW_NS = 7_000_000_000L;
    private static final ExtensionIds IDS = ExtensionIds.NONE
            .with(ExtensionType.MID, 3)
            .with(ExtensionType.TRANSPORT_CC, 5)
            .with(ExtensionType.ABS_SEND_TIME, 6);
    private static final PayloadType H264 = TestStream.type(102, Codec.H264, PayloadType.NO_RTX);
    private static final PayloadType TYPE = TestStream.type(MediaRig.VP8, Codec.VP8, MediaRig.VP8_RTX);

    private final MediaRig rig = MediaRig.onOneLoop();
    private final CaughtMedia sink = rig.sink;
    private final Limits limits = rig.limits;
    private final PacketBuilder builder = new PacketBuilder(format(7), sink, limits, Rng.seeded(2));
    private final RtpRewriter rewriter = new RtpRewriter(90_000, Rng.seeded(4));
    private final TrackFeed feed = new TrackFeed(rig.camera, rig.owner, limits);
    private final MediaPacket packet = new MediaPacket();
    private final DependencyStructures structures = new DependencyStructures();
    private final TestStream stream = rig.layers[1];
    private final Segment segment;

    PacketBuilderTest() {
        packet.read(stream.keyFrame(), 1, 1, TestStream.FORMAT, structures);
        segment = rewriter.begin(feed, packet, NOW_NS);
    }

    private static OutgoingFormat format(int ssrc) {
        return new OutgoingFormat(MediaKind.VIDEO, new Mid("v7"), ssrc, 8, List.of(TYPE), IDS, false);
    }

    private CaughtMedia.Sent send() {
        Packet out = builder.media(packet, segment, TYPE, rewriter.outIndex(packet));
        assertThat(builder.send(out, rewriter.outIndex(packet), packet)).isTrue();
        return sink.sent.getLast();
    }

    private CaughtMedia.Sent sendRtx() {
        assertThat(builder.sendRtx(packet, segment, TYPE, rewriter.outIndex(packet), Purpose.REPAIR))
                .isTrue();
        return sink.sent.getLast();
    }

    private HeaderExtensions extensions(CaughtMedia.Sent sent) {
        HeaderExtensions extensions = new HeaderExtensions();
        assertThat(extensions.parse(sent.packet(), IDS)).isTrue();
        return extensions;
    }

    private void payload(int bytes) {
        stream.payloadBytes = bytes;
        packet.read(stream.frame(), 1, packet.seqIndex() + 1, TestStream.FORMAT, structures);
    }

    @Test
    void allNumbersAreTheSubscribers() {
        CaughtMedia.Sent sent = send();
        assertThat(Rtp.valid(sent.packet())).isTrue();
        assertThat(sent.ssrc()).isEqualTo(7);
        assertThat(sent.payloadType()).isEqualTo(MediaRig.VP8);
        assertThat(sent.seq()).isEqualTo((int) sent.index() & 0xffff);
        assertThat(sent.timestamp()).isEqualTo(packet.timestamp() + segment.timestampOffset);
        assertThat(Rtp.marker(sent.packet())).isTrue();
        assertThat(sent.pictureId(0)).isEqualTo(segment.pictureId(packet) & 0x7fff);
        assertThat(sent.tl0PicIdx()).isEqualTo(segment.tl0PicIdx(packet) & 0xff);
    }

    @Test
    void thePayloadBehindTheDescriptorIsUntouched() {
        CaughtMedia.Sent sent = send();
        byte[] source = packet.packet().toBytes();
        assertThat(sent.bytes()).endsWith(Arrays.copyOfRange(source, 12 + 5, source.length));
        assertThat(sent.bytes()).hasSize(sent.headerLength() + packet.payloadLength());
    }

    /// H.264 with a dependency descriptor that brings a structure of `templates` frames' kinds.
    private Segment described(int templates, boolean twoByte) {
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.DEPENDENCY_DESCRIPTOR, 12);
        TrackFormat format = new TrackFormat(List.of(H264), ids);
        WrittenDescriptor.Template template =
                new WrittenDescriptor.Template(0, 0, new int[] {2}, new int[0], new int[0]);
        WrittenDescriptor.Structure structure = new WrittenDescriptor.Structure(
                0, 1, Collections.nCopies(templates, template), 0, new int[0], new int[0]);
        byte[] brings = new WrittenDescriptor(true, true, 9, 0, structure, -1, null, null, null).toBytes(structure);
        byte[] refers = new WrittenDescriptor(true, true, 12, 0, null, -1, null, null, null).toBytes(structure);
        OutgoingFormat taken = new OutgoingFormat(MediaKind.VIDEO, new Mid("v7"), 7, 8, List.of(H264), ids, twoByte);
        builder.changeFormat(taken);
        builder.mediaIsKnown();
        packet.read(h264(brings), 1, packet.seqIndex() + 1, format, structures);
        Segment begun = rewriter.begin(feed, packet, NOW_NS);
        send(begun);
        packet.read(h264(refers), 1, packet.seqIndex() + 1, format, structures);
        send(begun);
        return begun;
    }

    private static Packet h264(byte[] descriptor) {
        Packet p = new PacketPool(0).take();
        int words = (descriptor.length + 2 + 3) / 4;
        p.length(12 + 4 + 4 * words + 30);
        p.u16(0, 0x9000 | H264.number());
        p.u16(12, 0x1000);
        p.u16(14, words);
        p.u8(16, 12);
        p.u8(17, descriptor.length);
        System.arraycopy(descriptor, 0, p.array(), 18, descriptor.length);
        p.u8(16 + 4 * words, 0x67);
        return p;
    }

    private void send(Segment of) {
        Packet out = builder.media(packet, of, H264, rewriter.outIndex(packet));
        assertThat(builder.send(out, rewriter.outIndex(packet), packet)).isTrue();
        rewriter.sent(packet, of, rewriter.outIndex(packet), NOW_NS);
    }

    private int frameNumber(int sent) {
        CaughtMedia.Sent of = sink.sent.get(sent);
        HeaderExtensions extensions = new HeaderExtensions();
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.DEPENDENCY_DESCRIPTOR, 12);
        assertThat(extensions.parse(of.packet(), ids)).isTrue();
        int at = extensions.offset(ExtensionType.DEPENDENCY_DESCRIPTOR);
        return at < 0 ? -1 : of.packet().u16(at + 1);
    }

    @Test
    void framesAreCountedOnWhenTheSourceChanges() {
        described(3, true);
        described(3, true);
        int first = frameNumber(0);
        assertThat(frameNumber(1)).as("its own distance").isEqualTo(first + 3);
        assertThat(frameNumber(2)).as("another source").isEqualTo(first + 4);
        assertThat(frameNumber(3)).isEqualTo(first + 7);
    }

    @Test
    void descriptorsWhoseStructureFoundNoRoomAreOfNoUse() {
        described(40, false);
        assertThat(frameNumber(0)).isEqualTo(-1);
        assertThat(frameNumber(1)).as("nobody could read it").isEqualTo(-1);
        described(40, true);
        assertThat(frameNumber(2)).isNotNegative();
        assertThat(frameNumber(3)).isEqualTo(frameNumber(2) + 3);
    }

    @Test
    void aRetransmissionHasItsOwnSequenceAndTheNumberThatItRepeats() {
        CaughtMedia.Sent media = send();
        CaughtMedia.Sent first = sendRtx();
        CaughtMedia.Sent second = sendRtx();
        assertThat(first.ssrc()).isEqualTo(8);
        assertThat(first.payloadType()).isEqualTo(MediaRig.VP8_RTX);
        assertThat(second.seq()).isEqualTo(first.seq() + 1);
        assertThat(first.timestamp()).isEqualTo(media.timestamp());
        assertThat(first.packet().u16(first.headerLength())).isEqualTo(media.seq());
        assertThat(first.pictureId(2)).isEqualTo(media.pictureId(0));
        assertThat(first.bytes()).hasSize(first.headerLength() + 2 + packet.payloadLength());
    }

    @Test
    void theSectionIsNamedUntilTheSubscriberReportsOnIt() {
        CaughtMedia.Sent before = send();
        assertThat(extensions(before).text(ExtensionType.MID, before.packet())).isEqualTo("v7");
        builder.mediaIsKnown();
        assertThat(extensions(send()).has(ExtensionType.MID)).isFalse();
        builder.changeFormat(format(7));
        assertThat(extensions(send()).has(ExtensionType.MID)).isFalse();
    }

    @Test
    void retransmissionsAreNamedUntilTheSubscriberReportsOnThem() {
        builder.mediaIsKnown();
        CaughtMedia.Sent before = sendRtx();
        assertThat(extensions(before).text(ExtensionType.MID, before.packet())).isEqualTo("v7");
        builder.rtxIsKnown();
        assertThat(extensions(sendRtx()).has(ExtensionType.MID)).isFalse();
    }

    @Test
    void eachPacketHasItsOwnTransportWideNumberAlsoWhenSentAgain() {
        assertThat(transportSequence(send())).isZero();
        assertThat(transportSequence(sendRtx())).isEqualTo(1);
        assertThat(transportSequence(send())).isEqualTo(2);
    }

    private int transportSequence(CaughtMedia.Sent sent) {
        return sent.packet().u16(extensions(sent).offset(ExtensionType.TRANSPORT_CC));
    }

    @Test
    void optionalExtensionsGoBeforeADatagramGetsTooLong() {
        for (int bytes = 1_100; bytes <= 1_200; bytes++) {
            payload(bytes);
            CaughtMedia.Sent media = send();
            assertThat(media.bytes().length + sink.overheadBytes()).isLessThanOrEqualTo(limits.datagramBytes());
            CaughtMedia.Sent again = sendRtx();
            assertThat(again.bytes().length + sink.overheadBytes()).isLessThanOrEqualTo(limits.datagramBytes());
        }
        payload(limits.datagramBytes() - sink.overheadBytes() - 12);
        assertThat(send().headerLength()).as("nothing but the fixed header").isEqualTo(12);
    }

    @Test
    void whatTheSinkRefusesIsGivenBack() {
        sink.refuses = true;
        int out = rig.packetsOut();
        assertThat(builder.sendRtx(packet, segment, TYPE, 1, Purpose.REPAIR)).isFalse();
        assertThat(rig.packetsOut()).isEqualTo(out);
    }
}
