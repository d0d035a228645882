package dev.parley.sfu.srtp;

/// The 48-bit index of a packet that carries only its low 16 bits,
/// [RFC 3711 §3.3.1](https://www.rfc-editor.org/rfc/rfc3711#section-3.3.1) and its Appendix A. Stateless.
final class Rollover {
    static final long CYCLE = 1L << 16;
    static final long INDEX_MAX = (1L << 48) - 1;

    private static final int HALF = 0x8000;

    private Rollover() {}

    /// The index nearest to the highest authenticated one; negative where the RFC would take a cycle before the first.
    static long estimate(long highest, int seq) {
        int last = (int) highest & 0xffff;
        long sameCycle = highest - last + seq;
        if (last < HALF) {
            return seq - last > HALF ? sameCycle - CYCLE : sameCycle;
        }
        return last - HALF > seq ? sameCycle + CYCLE : sameCycle;
    }
}
