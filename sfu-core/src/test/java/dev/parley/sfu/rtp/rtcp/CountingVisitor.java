package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;

/// Counts calls and digests their values, reading everything that it is pointed at.
final class CountingVisitor implements RtcpVisitor, TransportFeedback.Arrivals {
    /// A feedback chunk of two bytes speaks of at most 14 packets one by one; everything else takes four bytes a call.
    static int callsMax(int bytes) {
        return 7 * bytes;
    }

    int calls;
    long digest;

    private void call(long value) {
        calls++;
        digest = digest * 31 + value;
    }

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        call(ssrc + ntp + rtpTimestamp + packets + octets);
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
        call(mediaSsrc * 3L + fractionLost + cumulativeLost + highestSeq + jitter + lsr + dlsr);
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
        call(mediaSsrc * 5L + pid + blp);
    }

    @Override
    public void pli(int mediaSsrc) {
        call(mediaSsrc * 7L);
    }

    @Override
    public void fir(int mediaSsrc, int seqNr) {
        call(mediaSsrc * 11L + seqNr);
    }

    @Override
    public void remb(long bitrateBps, Packet packet, int ssrcsAt, int ssrcCount) {
        call(bitrateBps);
        for (int i = 0; i < ssrcCount; i++) {
            call(packet.i32(ssrcsAt + 4 * i));
        }
    }

    @Override
    public void transportFeedback(int mediaSsrc, Packet packet, int at, int length) {
        call(mediaSsrc * 13L);
        TransportFeedback.read(packet, at, length, this);
    }

    @Override
    public void received(int seq, long arrivalNs) {
        call(seq * 17L + arrivalNs);
    }

    @Override
    public void lost(int firstSeq, int count) {
        call(firstSeq * 19L + count);
    }

    @Override
    public void bye(int ssrc) {
        call(ssrc * 23L);
    }

    @Override
    public void receiverReferenceTime(int senderSsrc, long ntp) {
        call(ntp);
    }

    @Override
    public void receiverReferenceDelay(int senderSsrc, int ssrc, int lastRr, int delaySinceLastRr) {
        call(ssrc * 29L + lastRr + delaySinceLastRr);
    }
}
