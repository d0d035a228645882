package dev.parley.sfu.media;

/// How much sound one viewer is sent, copies left out: the bytes of the last whole half second or of this one,
/// whichever
/// is more.
final class SoundRate {
    private static final long WINDOW_NS = 500_000_000;

    /// IP, UDP, RTP with its extensions, and the tag of SRTP.
    private static final int HEADERS_BYTES = 28 + 32 + 16;

    private long window = Long.MIN_VALUE;
    private long bytes;
    private long bytesBefore;

    void sent(int frameBytes, long nowNs) {
        advance(nowNs);
        bytes += frameBytes + HEADERS_BYTES;
    }

    long bps(long nowNs) {
        advance(nowNs);
        return Math.max(bytes, bytesBefore) * 8 * 1_000_000_000L / WINDOW_NS;
    }

    private void advance(long nowNs) {
        long now = nowNs / WINDOW_NS;
        if (now != window) {
            bytesBefore = now == window + 1 ? bytes : 0;
            bytes = 0;
            window = now;
        }
    }
}
