package dev.parley.sfu.ice;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/// The transactions of the last authenticated checks, each with the address it came from. Short-term
/// credentials have no protection against replay: without this, who overheard a check could send it again from
/// elsewhere and be bound. A retransmission comes from the same address and is answered again, RFC 8489 §6.3.1.
/// One loop's thread.
final class SeenTransactions {
    /// Some minutes of a browser's checks.
    private static final int MAX = 64;

    private final @Nullable TransactionId[] ids = new @Nullable TransactionId[MAX];
    private final @Nullable Flow[] flows = new @Nullable Flow[MAX];
    private int next;

    /// True when `id` was used from another address before; otherwise it is remembered.
    boolean replayed(TransactionId id, Flow flow) {
        for (int i = 0; i < MAX; i++) {
            if (id.equals(ids[i])) {
                return !flow.equals(flows[i]);
            }
        }
        ids[next] = id;
        flows[next] = flow;
        next = (next + 1) % MAX;
        return false;
    }
}
