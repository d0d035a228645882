package dev.parley.bench;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.media.MediaSink;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.media.Purpose;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import dev.parley.sfu.srtp.SrtpResult;
import dev.parley.sfu.srtp.SrtpSender;

/// A subscriber whose packets are encrypted as for the wire, counted and thrown away.
final class ProtectingSink implements MediaSink {
    private final PacketPool packets;
    private final SrtpSender keys;
    private int transportSequence;
    long sentBytes;

    ProtectingSink(PacketPool packets, SrtpSender keys) {
        this.packets = packets;
        this.keys = keys;
    }

    @Override
    public Packet packet() {
        return packets.take();
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public boolean sendRtp(
            Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose) {
        RtpHeaderWriter.stamp(out, header.transportCcAt(), transportSequence++, header.absSendTimeAt(), index);
        SrtpResult result = keys.protectRtp(out, header.length(), index, source.array(), from, count);
        if (result != SrtpResult.OK) {
            throw new IllegalStateException("not protected: " + result);
        }
        sendAgain(out);
        return true;
    }

    @Override
    public void sendAgain(Packet datagram) {
        sentBytes += datagram.length();
        datagram.release();
    }

    @Override
    public int overheadBytes() {
        return keys.rtpOverhead();
    }

    @Override
    public void due() {}

    @Override
    public void undecodable(OutgoingTrack track, Codec codec) {
        throw new IllegalStateException(codec + " was negotiated");
    }
}
