package dev.parley.sfu.stun;

import dev.parley.sfu.base.Rng;

/// The 96 bits that tie a response to its request, RFC 8489 §5.
public record TransactionId(int head, long tail) {
    public static TransactionId random(Rng rng) {
        return new TransactionId(rng.nextInt(), rng.nextLong());
    }
}
