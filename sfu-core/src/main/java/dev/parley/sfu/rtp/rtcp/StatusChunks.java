package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;

/// Packs packet statuses into chunks of two bytes, draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.3 and
/// §3.1.4.
/// Stateless.
///
///     run     |0| S 2 |      run length 13      |
///     1 bit   |1|0|        14 symbols           |    0 lost, 1 small delta
///     2 bits  |1|1|         7 symbols           |
final class StatusChunks {
    private static final int ONE_BIT_VECTOR = 0x8000;
    private static final int TWO_BIT_VECTOR = 0xc000;

    private StatusChunks() {}

    /// No choice of chunks takes more for so many statuses.
    static int bytesMax(int statuses) {
        return 2 * ((statuses + TransportFeedback.TWO_BIT_SYMBOLS - 1) / TransportFeedback.TWO_BIT_SYMBOLS);
    }

    /// @return index behind the last chunk
    static int write(Packet target, int from, byte[] statuses, int count) {
        int at = from;
        for (int done = 0; done < count; at += 2) {
            int left = count - done;
            int run = run(statuses, done, count);
            int oneBit = Math.min(left, TransportFeedback.ONE_BIT_SYMBOLS);
            if (run >= oneBit || (run > TransportFeedback.TWO_BIT_SYMBOLS && hasLarge(statuses, done, oneBit))) {
                target.u16(at, statuses[done] << 13 | run);
                done += run;
            } else if (!hasLarge(statuses, done, oneBit)) {
                target.u16(at, ONE_BIT_VECTOR | symbols(statuses, done, oneBit, 1, TransportFeedback.ONE_BIT_SYMBOLS));
                done += oneBit;
            } else {
                int twoBit = Math.min(left, TransportFeedback.TWO_BIT_SYMBOLS);
                target.u16(at, TWO_BIT_VECTOR | symbols(statuses, done, twoBit, 2, TransportFeedback.TWO_BIT_SYMBOLS));
                done += twoBit;
            }
        }
        return at;
    }

    private static int run(byte[] statuses, int from, int count) {
        int end = Math.min(count, from + TransportFeedback.RUN_MAX);
        int at = from + 1;
        while (at < end && statuses[at] == statuses[from]) {
            at++;
        }
        return at - from;
    }

    private static boolean hasLarge(byte[] statuses, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (statuses[i] == TransportFeedback.STATUS_LARGE) {
                return true;
            }
        }
        return false;
    }

    private static int symbols(byte[] statuses, int from, int count, int bits, int places) {
        int packed = 0;
        for (int i = 0; i < count; i++) {
            packed |= statuses[from + i] << (bits * (places - 1 - i));
        }
        return packed;
    }
}
