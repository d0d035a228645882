package dev.parley.sfu.media;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;

/// Makes the packets that go out for the first time: with their capture time where the subscriber reads it, and sound
/// with copies of the frames before it where the way there loses packets and the subscriber takes them apart. Lives on
/// the subscriber's loop.
final class FirstSending {
    private final PacketBuilder builder;
    private final Downlink downlink;
    private final Counters counters;
    private final CaptureTimes captureTimes;
    private final Copies copies = new Copies();
    private OutgoingFormat format;

    FirstSending(OutgoingFormat format, PacketBuilder builder, Downlink downlink, Counters counters) {
        this.format = format;
        this.builder = builder;
        this.downlink = downlink;
        this.counters = counters;
        this.captureTimes = new CaptureTimes(format.clockRate(), downlink.wallOffsetNs());
    }

    void changeFormat(OutgoingFormat changed) {
        format = changed;
    }

    void sourceChanged() {
        captureTimes.sourceChanged();
    }

    /// The header and what is written anew of the payload; `PacketBuilder.send` adds the rest.
    Packet build(MediaPacket packet, Segment segment, PayloadType type, long outIndex, long nowNs) {
        builder.captured(format.captureTimes() ? captureTimes.of(packet, segment, nowNs) : CaptureTimes.NONE);
        if (format.kind() == MediaKind.VIDEO) {
            return builder.media(packet, segment, type, outIndex);
        }
        downlink.sound(packet.payloadLength(), nowNs);
        PayloadType red = type.codec() == Codec.OPUS ? format.payloadType(Codec.RED) : null;
        int wanted = red == null ? 0 : downlink.copies(nowNs);
        if (red == null || wanted == 0 || !copies.choose(packet, segment, wanted, builder.roomForCopies(packet))) {
            return builder.media(packet, segment, type, outIndex);
        }
        counters.add(SfuCounter.RED_SENT);
        counters.add(SfuCounter.RED_COPIED, copies.bytes());
        return builder.redundant(packet, segment, type, red, copies, outIndex);
    }

    /// A packet without payload: its number was kept for one that is left out.
    Packet empty(MediaPacket packet, Segment segment, PayloadType type, long outIndex) {
        builder.captured(CaptureTimes.NONE);
        return builder.empty(packet, segment, type, outIndex);
    }

    /// A packet left with so much payload.
    void left(int bytes) {
        boolean audio = format.kind() == MediaKind.AUDIO;
        counters.forwarded();
        counters.add(audio ? SfuCounter.RTP_FORWARDED_AUDIO : SfuCounter.RTP_FORWARDED_VIDEO);
        counters.add(audio ? SfuCounter.RTP_FORWARDED_BYTES_AUDIO : SfuCounter.RTP_FORWARDED_BYTES_VIDEO, bytes);
    }
}
