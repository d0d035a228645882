package dev.parley.sfu.media;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// A subscriber's end that keeps what it gets, in the clear.
public final class CaughtMedia implements MediaSink {
    /// @param again a former datagram once more
    public record Sent(byte[] bytes, long index, int headerLength, boolean again) {
        public Packet packet() {
            return new PacketPool(0).take(bytes);
        }

        public int ssrc() {
            return Rtp.ssrc(packet());
        }

        public int seq() {
            return Rtp.sequence(packet());
        }

        public int timestamp() {
            return Rtp.timestamp(packet());
        }

        public int payloadType() {
            return Rtp.payloadType(packet());
        }

        int pictureId(int payloadOffset) {
            return packet().u16(headerLength + payloadOffset + 2) & 0x7fff;
        }

        int tl0PicIdx() {
            return packet().u8(headerLength + 4);
        }
    }

    public final List<Sent> sent = new ArrayList<>();
    final List<Codec> undecodable = new ArrayList<>();
    private final PacketPool packets;
    final Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
    boolean open = true;
    boolean takesPictures = true;
    boolean refuses;
    /// Takes everything and keeps nothing.
    boolean forgets;

    int due;
    int transportSequence;

    public CaughtMedia(PacketPool packets) {
        this.packets = packets;
    }

    List<Integer> seqs() {
        return all(Sent::seq);
    }

    <T> List<T> all(Function<Sent, T> what) {
        return sent.stream().map(what).toList();
    }

    @Override
    public Packet packet() {
        return packets.take();
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public boolean takes(int ssrc) {
        return takesPictures;
    }

    @Override
    public boolean sendRtp(
            Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose) {
        kinds.add(Objects.requireNonNull(out.media()));
        if (!refuses && !forgets) {
            int begun = out.length();
            System.arraycopy(source.array(), from, out.array(), begun, count);
            out.length(begun + count);
            RtpHeaderWriter.stamp(out, header.transportCcAt(), transportSequence++, header.absSendTimeAt(), 0);
            sent.add(new Sent(out.toBytes(), index, header.length(), false));
        }
        out.release();
        return !refuses;
    }

    @Override
    public void sendAgain(Packet datagram) {
        sent.add(new Sent(datagram.toBytes(), -1, 12, true));
        datagram.release();
    }

    @Override
    public int overheadBytes() {
        return 16;
    }

    @Override
    public void due() {
        due++;
    }

    @Override
    public void undecodable(OutgoingTrack track, Codec codec) {
        undecodable.add(codec);
    }
}
