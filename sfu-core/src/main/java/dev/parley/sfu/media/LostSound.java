package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.RedPayload;

/// Packets of sound that were lost on the way to us, made again of the copies that a later packet brings (RFC 2198):
/// all
/// who listen get them as if they had come. Lives on the publisher's loop.
///
/// A packet's copies are those of the packets right before it, the newest last. One that is missing has its copy where
/// its timestamp lies between those of its neighbours.
final class LostSound {
    /// Where what was missing goes.
    interface Found {
        /// @param packet the receiver's only during the call
        void found(Packet packet, long seqIndex);
    }

    private final RedPayload red = new RedPayload();
    private final PacketPool packets;
    private long highest = -1;
    private int highestTimestamp;

    LostSound(PacketPool packets) {
        this.packets = packets;
    }

    /// Whether the payload is what its type says. Padding alone is fine.
    boolean valid(Packet packet, TrackFormat format) {
        int length = Rtp.payloadLength(packet);
        return length == 0
                || (red.parse(packet, Rtp.payloadOffset(packet), length)
                        && format.codec(red.primaryPayloadType()) == Codec.OPUS);
    }

    /// Bytes of the valid packet's own frame.
    int frameLength(Packet packet) {
        return Rtp.payloadLength(packet) == 0 ? 0 : red.primaryLength();
    }

    /// A packet without copies.
    void received(Packet packet, long seqIndex) {
        if (seqIndex > highest) {
            highest = seqIndex;
            highestTimestamp = Rtp.timestamp(packet);
        }
    }

    /// What the valid packet, the one that was looked at last, brings of those that are missing before it, the oldest
    /// first.
    void recover(Packet packet, long seqIndex, TrackFormat format, IncomingEncoding encoding, Found found) {
        if (seqIndex <= highest || Rtp.payloadLength(packet) == 0) {
            return;
        }
        int copies = (int) Math.min(red.redundantBlocks(), seqIndex - highest - 1);
        for (int back = copies; back > 0; back--) {
            int block = red.redundantBlocks() - back;
            if (fits(packet, block, format) && encoding.recover(seqIndex - back)) {
                Packet made = make(packet, block, seqIndex - back);
                found.found(made, seqIndex - back);
                made.release();
            }
        }
        received(packet, seqIndex);
    }

    private boolean fits(Packet packet, int block, TrackFormat format) {
        int timestamp = Rtp.timestamp(packet) - red.timestampOffset(block);
        return red.length(block) > 0
                && red.timestampOffset(block) > 0
                && timestamp - highestTimestamp > 0
                && format.codec(red.payloadType(block)) == Codec.OPUS;
    }

    /// The fixed header alone: what the lost packet said in extensions nobody knows.
    private Packet make(Packet packet, int block, long seqIndex) {
        Packet made = packets.take();
        made.u8(0, Rtp.VERSION_2);
        made.u8(1, red.payloadType(block));
        Rtp.sequence(made, (int) seqIndex & 0xffff);
        Rtp.timestamp(made, Rtp.timestamp(packet) - red.timestampOffset(block));
        Rtp.ssrc(made, Rtp.ssrc(packet));
        System.arraycopy(packet.array(), red.offset(block), made.array(), Rtp.FIXED_HEADER_BYTES, red.length(block));
        made.length(Rtp.FIXED_HEADER_BYTES + red.length(block));
        made.arrivalNs(packet.arrivalNs());
        return made;
    }
}
