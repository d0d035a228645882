package dev.parley.sfu.sim;

import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.SeqUnwrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Watches the ciphertext that one side of one session sends, knowing nothing of how it was made: no index of an SSRC
/// may appear twice, except as the very same bytes; retransmissions and RTCP leave no number out. One thread.
///
/// The index of RTP follows from its sequence numbers. RTCP carries its own, RFC 7714 §9.3, at the end under AES-GCM.
final class IndexWitness {
    private static final int REPEATS = 512;
    private static final int SHOWN_MAX = 10;

    private final String name;
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Integer, Integer> nextRtcp = new HashMap<>();
    private final Set<Integer> withoutGaps = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private boolean mayRepeat;
    private long seen;

    private static final class Source {
        private final SeqUnwrapper unwrapper = new SeqUnwrapper();
        private final BitSet used = new BitSet();
        private final int[] hashes = new int[REPEATS];
        private long first = -1;
    }

    IndexWitness(String name) {
        this.name = name;
    }

    /// Every number of this SSRC must appear.
    void expectNoGaps(int ssrc) {
        withoutGaps.add(ssrc);
    }

    /// The same datagram may be sent again.
    void mayRepeat() {
        mayRepeat = true;
    }

    void datagram(byte[] datagram) {
        if (datagram.length < 12 || (datagram[0] & 0xc0) != 0x80) {
            return;
        }
        seen++;
        int type = datagram[1] & 0x7f;
        if (type >= 64 && type < 96) {
            rtcp(datagram);
        } else {
            rtp(datagram);
        }
    }

    private void rtp(byte[] datagram) {
        int ssrc = Bytes.i32(datagram, 8);
        Source source = sources.computeIfAbsent(ssrc, _ -> new Source());
        long highest = source.unwrapper.started() ? source.unwrapper.highest() : -1;
        long index = source.unwrapper.unwrap(Bytes.u16(datagram, 2));
        if (source.first < 0) {
            source.first = Math.max(0, index - 32_768); // late packets of the beginning may follow
        }
        int bit = (int) (index - source.first);
        if (bit >= 0 && source.used.get(bit)) {
            boolean same = mayRepeat && source.hashes[(int) index & REPEATS - 1] == Arrays.hashCode(datagram);
            check(same, ssrc, index, "protected twice");
            return;
        }
        if (highest >= 0 && withoutGaps.contains(ssrc)) {
            check(index == highest + 1, ssrc, index, "follows " + highest);
        }
        source.used.set(Math.max(0, bit));
        if (mayRepeat) {
            source.hashes[(int) index & REPEATS - 1] = Arrays.hashCode(datagram);
        }
    }

    private void rtcp(byte[] datagram) {
        int ssrc = Bytes.i32(datagram, 4);
        int index = Bytes.i32(datagram, datagram.length - 4) & Integer.MAX_VALUE;
        int expected = nextRtcp.getOrDefault(ssrc, index);
        check(index == expected, ssrc, index, "as RTCP, expected " + expected);
        nextRtcp.put(ssrc, index + 1);
    }

    private void check(boolean good, int ssrc, long index, String what) {
        if (!good && problems.size() < SHOWN_MAX) {
            problems.add("%s: SSRC %08x index %d %s".formatted(name, ssrc, index, what));
        }
    }

    List<String> problems() {
        return problems;
    }

    /// Datagrams of RTP and RTCP.
    long seen() {
        return seen;
    }
}
