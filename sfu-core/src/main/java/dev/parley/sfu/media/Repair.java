package dev.parley.sfu.media;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import org.jspecify.annotations.Nullable;

/// Answers what a subscriber asks for again: over RTX from the history that all subscribers of the source share, or,
/// where a codec was negotiated without RTX, the very bytes that were sent. Lives on the subscriber's loop.
final class Repair {
    /// Each a second or more of what there is to keep.
    private static final int PICTURES_KEPT = 256;

    private static final int SOUNDS_KEPT = 64;

    /// The way may be faster than it was on the average.
    private static final int TOLERANCE = 4;

    private final RtpRewriter rewriter;
    private final PacketBuilder builder;
    private final MediaSink sink;
    private final Counters counters;
    private final Downlink downlink;
    private final Resends resends;
    private final SentRing sent;
    private OutgoingFormat format;

    Repair(
            OutgoingFormat format,
            RtpRewriter rewriter,
            PacketBuilder builder,
            MediaSink sink,
            Downlink downlink,
            Counters counters,
            Limits limits) {
        this.format = format;
        this.rewriter = rewriter;
        this.builder = builder;
        this.sink = sink;
        this.downlink = downlink;
        this.counters = counters;
        this.sent = new SentRing(format.kind() == MediaKind.AUDIO ? SOUNDS_KEPT : PICTURES_KEPT);
        this.resends = new Resends(limits);
    }

    void changeFormat(OutgoingFormat changed) {
        format = changed;
    }

    /// Takes over one reference to a datagram that was sent under this number and cannot be made again.
    void keep(long outIndex, Packet datagram, long nowNs) {
        sent.put(outIndex, datagram, nowNs);
    }

    /// The subscriber misses a packet.
    ///
    /// @return whether only a key frame helps
    boolean onNack(int seq, long nowNs) {
        long outIndex = rewriter.unwrap(seq);
        Segment segment = rewriter.segmentOf(outIndex);
        if (segment == null) {
            return false;
        }
        if (!resends.due(outIndex, nowNs)) {
            return false;
        }
        Packet again = sent.get(outIndex);
        if (again != null) {
            sendAgain(again, outIndex, nowNs);
            return false;
        }
        long sourceIndex = segment.sourceIndex(outIndex);
        if (sourceIndex < 0) {
            return false;
        }
        if (segment == rewriter.current() && segment.feed.lostForGood(segment.encoding, sourceIndex)) {
            resends.answered(outIndex, downlink.roundTripNs(), nowNs);
            return true;
        }
        repair(segment, sourceIndex, outIndex, nowNs);
        return false;
    }

    private void sendAgain(Packet datagram, long outIndex, long nowNs) {
        if (!underWay(sent.sentNs(outIndex), nowNs) && granted(datagram.length(), outIndex, nowNs)) {
            datagram.retain();
            sink.sendAgain(datagram);
            counters.add(SfuCounter.RTX_SENT);
        }
    }

    private void repair(Segment segment, long sourceIndex, long outIndex, long nowNs) {
        MediaPacket packet = segment.feed.recall(segment.encoding, sourceIndex);
        PayloadType type = packet == null ? null : type(packet);
        if (packet != null
                && type != null
                && type.hasRtx()
                && !underWay(packet.packet().arrivalNs(), nowNs)
                && granted(packet.packet().length() + PacketBuilder.RTX_PREFIX_BYTES, outIndex, nowNs)
                && sendRtx(packet, segment, type, outIndex)) {
            counters.add(SfuCounter.RTX_SENT);
        }
    }

    /// Whether whoever asks cannot know yet: what is sent comes a round trip before anybody can say that it did not.
    /// Most
    /// of all this concerns what itself came late and had to be asked for: each viewer has missed it meanwhile.
    private boolean underWay(long sentNs, long nowNs) {
        long roundTripNs = downlink.roundTripNs();
        return nowNs - sentNs < roundTripNs - roundTripNs / TOLERANCE;
    }

    /// Whether the viewer's share has room for it; what it has none for may be asked for again.
    private boolean granted(int bytes, long outIndex, long nowNs) {
        if (downlink.repairs().take(bytes, nowNs)) {
            resends.answered(outIndex, downlink.roundTripNs(), nowNs);
            return true;
        }
        counters.add(SfuCounter.LIMIT_NACKS);
        return false;
    }

    private @Nullable PayloadType type(MediaPacket packet) {
        Codec codec = packet.codec();
        return codec == null ? null : format.payloadType(codec);
    }

    private boolean sendRtx(MediaPacket packet, Segment segment, PayloadType type, long outIndex) {
        return segment.leavesOut(packet)
                ? builder.sendEmptyRtx(packet, segment, type, outIndex)
                : builder.sendRtx(packet, segment, type, outIndex, Purpose.REPAIR);
    }

    void close() {
        sent.clear();
    }
}
