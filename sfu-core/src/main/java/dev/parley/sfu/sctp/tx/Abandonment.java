package dev.parley.sfu.sctp.tx;

import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk.Skipped;
import dev.parley.sfu.sctp.tx.SentChunk.Fate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages whose sender no longer wants them delivered, [RFC 3758
/// §3.5](https://www.rfc-editor.org/rfc/rfc3758#section-3.5):
/// the peer is told not to wait for them. One loop's thread.
final class Abandonment {
    private final SendQueue queue;
    private final Outstanding outstanding;
    private final Flight flight;

    Abandonment(SendQueue queue, Outstanding outstanding, Flight flight) {
        this.queue = queue;
        this.outstanding = outstanding;
        this.flight = flight;
    }

    /// Gives a message up that has begun. What has not left gets one TSN that is never sent, or the peer, who has
    /// acknowledged all that did leave, would wait for the rest.
    void abandon(OutgoingMessage message) {
        if (message.abandoned) {
            return;
        }
        message.abandoned = true;
        if (message.unsentBytes() > 0) {
            queue.discard(message);
            long tsn = outstanding.next();
            SentChunk rest = new SentChunk(tsn, message, message.sentBytes, 0, message.fragments);
            rest.fate = Fate.ABANDONED;
            message.lastTsn = tsn;
            outstanding.add(rest);
        }
        for (long tsn = Math.max(message.firstTsn, outstanding.first()); tsn <= message.lastTsn; tsn++) {
            SentChunk chunk = outstanding.get(tsn);
            if (chunk != null && chunk.message == message && chunk.isUnsettled()) {
                flight.change(chunk, Fate.ABANDONED);
            }
        }
        queue.settled(message);
    }

    /// That the peer waits for something that will not come.
    boolean isDue() {
        SentChunk first = outstanding.get(outstanding.first());
        return first != null && first.fate == Fate.ABANDONED;
    }

    /// What the peer need not wait for, as far as it fits.
    ForwardTsnChunk forward(int room) {
        boolean interleaved = queue.interleaved();
        int most = (room - ForwardTsnChunk.FIXED_BYTES) / ForwardTsnChunk.skippedBytes(interleaved);
        Map<Integer, Skipped> skipped = new LinkedHashMap<>();
        long tsn = outstanding.first();
        for (@Nullable SentChunk chunk = outstanding.get(tsn); chunk != null; chunk = outstanding.get(++tsn)) {
            if (chunk.isUnsettled() || skipped.size() >= most) {
                break;
            }
            OutgoingMessage message = chunk.message;
            if (chunk.fate == Fate.ABANDONED && (interleaved || !message.unordered)) {
                int key = message.stream << 1 | (message.unordered ? 1 : 0);
                skipped.put(key, new Skipped(message.stream, message.unordered, message.number));
            }
        }
        return new ForwardTsnChunk(
                interleaved, (int) (tsn - 1), skipped.values().toArray(Skipped[]::new));
    }
}
