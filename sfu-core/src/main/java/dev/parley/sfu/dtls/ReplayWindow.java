package dev.parley.sfu.dtls;

/// The sequence numbers of one epoch that were taken, [RFC 6347
/// §4.1.2.6](https://www.rfc-editor.org/rfc/rfc6347#section-4.1.2.6): the highest and the 63 below it.
final class ReplayWindow {
    private long highest = -1;
    private long taken;

    /// Whether a record may still be new. Ask before it is decrypted.
    boolean maybeNew(long number) {
        long below = highest - number;
        return below < 0 || (below < Long.SIZE && (taken >>> below & 1) == 0);
    }

    /// Marks a record that was authenticated.
    void took(long number) {
        long ahead = number - highest;
        if (ahead > 0) {
            taken = ahead < Long.SIZE ? taken << ahead | 1 : 1;
            highest = number;
        } else {
            taken |= 1L << -ahead;
        }
    }
}
