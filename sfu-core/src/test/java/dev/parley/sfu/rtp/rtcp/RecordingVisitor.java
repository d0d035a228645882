package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;
import java.util.ArrayList;
import java.util.List;

/// Writes down what it is told, one line a call.
final class RecordingVisitor implements RtcpVisitor {
    final List<String> calls = new ArrayList<>();

    private void say(String format, Object... values) {
        calls.add(format.formatted(values));
    }

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        say("sr %x ntp %x rtp %d packets %d octets %d", ssrc, ntp, rtpTimestamp, packets, octets);
    }

    @Override
    public void reportBlock(
            int senderSsrc,
            int mediaSsrc,
            int fractionLost,
            int cumulativeLost,
            int highestSeq,
            int jitter,
            int lsr,
            int dlsr) {
        say(
                "block %x about %x lost %d/256 %d highest %x jitter %d lsr %x dlsr %x",
                senderSsrc, mediaSsrc, fractionLost, cumulativeLost, highestSeq, jitter, lsr, dlsr);
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
        say("nack %x of %x: %d %04x", senderSsrc, mediaSsrc, pid, blp);
    }

    @Override
    public void pli(int mediaSsrc) {
        say("pli %x", mediaSsrc);
    }

    @Override
    public void fir(int mediaSsrc, int seqNr) {
        say("fir %x #%d", mediaSsrc, seqNr);
    }

    @Override
    public void remb(long bitrateBps, Packet packet, int ssrcsAt, int ssrcCount) {
        StringBuilder ssrcs = new StringBuilder();
        for (int i = 0; i < ssrcCount; i++) {
            ssrcs.append(' ').append(Integer.toHexString(packet.i32(ssrcsAt + 4 * i)));
        }
        say("remb %d%s", bitrateBps, ssrcs);
    }

    @Override
    public void transportFeedback(int mediaSsrc, Packet packet, int at, int length) {
        say("feedback %x %d bytes", mediaSsrc, length);
        TransportFeedback.read(packet, at, length, new TransportFeedback.Arrivals() {
            @Override
            public void received(int seq, long arrivalNs) {
                say("  %d at %d", seq, arrivalNs);
            }

            @Override
            public void lost(int firstSeq, int count) {
                say("  %d lost from %d", count, firstSeq);
            }
        });
    }

    @Override
    public void bye(int ssrc) {
        say("bye %x", ssrc);
    }

    @Override
    public void receiverReferenceTime(int senderSsrc, long ntp) {
        say("rrtr %x %x", senderSsrc, ntp);
    }

    @Override
    public void receiverReferenceDelay(int senderSsrc, int ssrc, int lastRr, int delaySinceLastRr) {
        say("dlrr %x about %x lrr %x delay %d", senderSsrc, ssrc, lastRr, delaySinceLastRr);
    }
}
