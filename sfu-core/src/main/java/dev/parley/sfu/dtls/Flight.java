package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Deadlines;
import java.util.ArrayList;
import java.util.List;

/// The messages that we sent last, joined into as few datagrams as possible and kept: the very same bytes go out again
/// until the peer's next flight is complete ([RFC 6347 §4.2.4](https://www.rfc-editor.org/rfc/rfc6347#section-4.2.4)).
/// One datagram makes the loss of a flight all or nothing, which is what browsers recover from fastest.
final class Flight {
    /// Fits every path that carries IPv6, with room for a tunnel.
    static final int DATAGRAM_MAX = 1200;

    private final List<byte[]> datagrams;
    private final boolean awaitsAnswer;
    private int sends;
    private long sentNs;
    private long resendNs = Deadlines.NEVER;

    /// @param awaitsAnswer false for a last flight, which is sent again only when the peer asks
    Flight(List<byte[]> records, boolean awaitsAnswer) {
        this.datagrams = join(records);
        this.awaitsAnswer = awaitsAnswer;
    }

    static List<byte[]> join(List<byte[]> records) {
        List<byte[]> joined = new ArrayList<>(2);
        int from = 0;
        while (from < records.size()) {
            int to = from;
            int bytes = 0;
            while (to < records.size() && (to == from || bytes + records.get(to).length <= DATAGRAM_MAX)) {
                bytes += records.get(to++).length;
            }
            joined.add(concatenate(records.subList(from, to), bytes));
            from = to;
        }
        return joined;
    }

    private static byte[] concatenate(List<byte[]> parts, int bytes) {
        byte[] whole = new byte[bytes];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    List<byte[]> datagrams() {
        return datagrams;
    }

    boolean awaitsAnswer() {
        return awaitsAnswer;
    }

    void sent(long nowNs, ResendTimer timer) {
        sends++;
        sentNs = nowNs;
        resendNs = awaitsAnswer ? nowNs + timer.timeoutNs(sends) : Deadlines.NEVER;
    }

    long resendNs() {
        return resendNs;
    }

    /// True when the peer's repetition can mean that it did not get this flight: what it sends sooner than `answerNs`
    /// after us was on its way already.
    boolean mayRepeat(long nowNs, long answerNs) {
        return nowNs - sentNs >= answerNs;
    }
}
