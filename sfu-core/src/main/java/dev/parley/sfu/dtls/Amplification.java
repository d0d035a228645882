package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Limits;

/// How much a server may send to an address that has not yet shown that it gets our answers: a few times what came
/// from it, and always enough for some of our flights.
final class Amplification {
    private final long factor;
    private final long floorBytes;
    private long receivedBytes;
    private long sentBytes;
    private boolean lifted;

    Amplification(Limits limits) {
        factor = limits.amplification().factor();
        floorBytes = limits.amplification().floorBytes();
    }

    void received(int bytes) {
        receivedBytes += bytes;
    }

    /// The client's second flight came, which answers our first.
    void lift() {
        lifted = true;
    }

    /// Counts the bytes when it says yes.
    boolean maySend(int bytes) {
        if (!lifted && sentBytes + bytes > Math.max(floorBytes, factor * receivedBytes)) {
            return false;
        }
        sentBytes += bytes;
        return true;
    }
}
