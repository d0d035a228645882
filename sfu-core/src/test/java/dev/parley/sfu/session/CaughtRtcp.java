package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.util.ArrayList;
import java.util.List;

/// Reads what was written for the client and keeps it, one line an item.
final class CaughtRtcp implements RtcpSink, RtcpVisitor {
    final List<String> said = new ArrayList<>();
    final PacketPool packets;
    int datagrams;

    CaughtRtcp(PacketPool packets) {
        this.packets = packets;
    }

    /// What was said since this was called last.
    List<String> take() {
        List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }

    @Override
    public RtcpWriter begin() {
        return new RtcpWriter(packets.take(), 1200);
    }

    @Override
    public void send(RtcpWriter datagram) {
        if (datagram.length() > 0) {
            datagrams++;
            assertThat(RtcpReader.read(datagram.target(), this)).isTrue();
        }
        datagram.target().release();
    }

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp, long packetCount, long octets) {
        said.add("sr " + ssrc + " packets " + packetCount);
    }

    @Override
    public void reportBlock(
            int senderSsrc, int mediaSsrc, int fraction, int lost, int highest, int jitter, int lsr, int dlsr) {
        said.add("rr " + mediaSsrc + " lost " + lost);
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
        said.add("nack " + mediaSsrc + " " + pid + " " + Integer.toBinaryString(blp));
    }

    @Override
    public void pli(int mediaSsrc) {
        said.add("pli " + mediaSsrc);
    }

    @Override
    public void fir(int mediaSsrc, int seqNr) {
        said.add("fir " + mediaSsrc + " number " + seqNr);
    }

    @Override
    public void remb(long bitrateBps, Packet packet, int ssrcsAt, int ssrcCount) {
        said.add("remb " + bitrateBps / 1_000 + " kbps " + ssrcCount);
    }

    @Override
    public void transportFeedback(int mediaSsrc, Packet packet, int at, int length) {
        said.add("transport " + mediaSsrc + " from " + packet.u16(at) + " count " + packet.u16(at + 2));
    }
}
