package dev.parley.sfu.media;

import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import org.jspecify.annotations.Nullable;

/// What one outgoing section sends for a probe of the line: over RTX, a packet of the last ones again where one has a
/// fitting length, because it may repair something, else packets of nothing but padding. Lives on the subscriber's
/// loop; allocates nothing.
final class Padding {
    private static final int LOOKED_AT = 16;
    /// Header, RTX prefix and tag of a datagram, about.
    private static final int AROUND_PAYLOAD_BYTES = 60;

    private final RtpRewriter rewriter;
    private final PacketBuilder builder;
    private OutgoingFormat format;

    Padding(OutgoingFormat format, RtpRewriter rewriter, PacketBuilder builder) {
        this.format = format;
        this.rewriter = rewriter;
        this.builder = builder;
    }

    void changeFormat(OutgoingFormat changed) {
        format = changed;
    }

    /// Whether something went out whose codec has RTX.
    boolean possible() {
        return rewriter.lastSentNs() != Long.MIN_VALUE && type(packet(rewriter.highestIndex())) != null;
    }

    /// Sends about so many bytes, whole datagrams counted.
    ///
    /// @return false when nothing is sent here
    boolean send(int bytes) {
        PayloadType type = type(packet(rewriter.highestIndex()));
        if (type == null) {
            return false;
        }
        if (again(bytes)) {
            return true;
        }
        int sent = 0;
        while (sent < bytes) {
            int length = builder.sendPadding(type, rewriter.lastTimestamp(), bytes - sent);
            if (length == 0) {
                return sent > 0;
            }
            sent += length;
        }
        return true;
    }

    private boolean again(int bytes) {
        Segment segment = rewriter.current();
        long newest = rewriter.highestIndex();
        for (long outIndex = newest; segment != null && outIndex > newest - LOOKED_AT; outIndex--) {
            MediaPacket packet = packet(outIndex);
            int length = packet == null ? 0 : packet.payloadLength() + AROUND_PAYLOAD_BYTES;
            PayloadType type = length > bytes / 2 && length <= bytes ? type(packet) : null;
            if (packet != null && type != null && !segment.leavesOut(packet)) {
                return builder.sendRtx(packet, segment, type, outIndex, Purpose.PADDING);
            }
        }
        return false;
    }

    /// What went out under a number of the current stretch, while it is kept.
    private @Nullable MediaPacket packet(long outIndex) {
        Segment segment = rewriter.current();
        if (segment == null || outIndex < segment.firstOut) {
            return null;
        }
        long sourceIndex = segment.sourceIndex(outIndex);
        return sourceIndex < 0 ? null : segment.feed.recall(segment.encoding, sourceIndex);
    }

    /// Null where the packet's codec has no RTX.
    private @Nullable PayloadType type(@Nullable MediaPacket packet) {
        Codec codec = packet == null ? null : packet.codec();
        PayloadType type = codec == null ? null : format.payloadType(codec);
        return type == null || !type.hasRtx() ? null : type;
    }
}
