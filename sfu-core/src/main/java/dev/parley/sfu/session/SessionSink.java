package dev.parley.sfu.session;

import dev.parley.sfu.base.DelayHistogram;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.media.MediaSink;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.media.Purpose;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;

/// What a session's tracks and reports write into: packets of the loop's pool, which go to the transport.
final class SessionSink implements MediaSink, RtcpSink {
    private final Session session;
    private final Transport transport;
    private final PacedOutput output;
    private final PacketPool packets;
    private final Limits limits;
    private final DelayHistogram firstFrames;
    private long sentNs = Long.MIN_VALUE;
    private boolean firstFrame = true;

    SessionSink(Session session, Transport transport, SendBudget budget, SessionSettings settings) {
        this.session = session;
        this.transport = transport;
        this.output = new PacedOutput(transport, budget, settings.loop(), settings.limits(), session::due);
        this.packets = settings.loop().packets();
        this.limits = settings.limits();
        this.firstFrames = settings.loop().counters().delays(SfuDelay.FIRST_FRAME);
    }

    @Override
    public Packet packet() {
        return packets.take();
    }

    @Override
    public boolean open() {
        return transport.canSend();
    }

    @Override
    public boolean takes(int ssrc) {
        return output.takes(ssrc);
    }

    @Override
    public boolean sendRtp(
            Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose) {
        sentNs = source.arrivalNs();
        out.passedThrough(source.length() + transport.rtpOverheadBytes() > limits.datagramBytes());
        return output.send(out, header, index, source, from, count, purpose);
    }

    @Override
    public void sendAgain(Packet datagram) {
        output.sendAgain(datagram);
    }

    @Override
    public int overheadBytes() {
        return transport.rtpOverheadBytes();
    }

    @Override
    public void due() {
        session.due();
    }

    @Override
    public void undecodable(OutgoingTrack track, Codec codec) {
        session.onUndecodable(track, codec);
    }

    @Override
    public void pictureCame(long delayNs) {
        if (firstFrame) {
            firstFrame = false;
            firstFrames.observe(delayNs);
        }
    }

    @Override
    public RtcpWriter begin() {
        return new RtcpWriter(packets.take(), limits.datagramBytes() - transport.rtcpOverheadBytes());
    }

    @Override
    public void send(RtcpWriter datagram) {
        if (datagram.length() == 0) {
            datagram.target().release();
        } else {
            transport.sendRtcp(datagram.target());
        }
    }

    void onTime(long nowNs) {
        output.onTime(nowNs);
    }

    long nextTimeNs() {
        return output.nextTimeNs();
    }

    void close() {
        output.close();
    }

    /// When the last packet that was sent came in.
    long sentNs() {
        return sentNs;
    }
}
