package dev.parley.sfu.sctp.tx;

import dev.parley.sfu.sctp.packet.SackChunk;
import dev.parley.sfu.sctp.packet.Serial;
import dev.parley.sfu.sctp.tx.SentChunk.Fate;
import org.jspecify.annotations.Nullable;

/// What one acknowledgement says that was not known. Made anew for each; one loop's thread.
final class SackReading {
    private final Outstanding outstanding;
    private final Flight flight;
    private final SendQueue queue;

    /// Of chunks that were not known to have arrived.
    long ackedBytes;

    boolean advanced;

    /// The latest transmission among them, or null.
    @Nullable
    SentChunk newest;

    SackReading(Outstanding outstanding, Flight flight, SendQueue queue) {
        this.outstanding = outstanding;
        this.flight = flight;
        this.queue = queue;
    }

    /// That it acknowledges only what has been sent.
    static boolean isPossible(SackChunk sack, Outstanding outstanding) {
        long cumulative = Serial.near(outstanding.first() - 1, sack.cumulativeTsn());
        if (cumulative >= outstanding.next()) {
            return false;
        }
        for (int i = 1; i < sack.gaps().length; i += 2) {
            if (cumulative + sack.gaps()[i] >= outstanding.next()) {
                return false;
            }
        }
        return true;
    }

    void cumulative(long tsnIndex) {
        while (outstanding.first() <= tsnIndex) {
            SentChunk chunk = outstanding.removeFirst();
            if (chunk == null) {
                return;
            }
            advanced = true;
            arrived(chunk);
            OutgoingMessage message = chunk.message;
            message.unsettled--;
            if (!message.abandoned && message.unsettled == 0 && message.unsentBytes() == 0) {
                queue.settled(message);
            }
        }
    }

    /// Blocks that do not ascend are passed over, so that none is gone through twice.
    void gaps(long cumulative, int[] gaps) {
        long behind = cumulative;
        for (int i = 0; i + 1 < gaps.length; i += 2) {
            long last = cumulative + gaps[i + 1];
            for (long tsn = Math.max(behind + 1, cumulative + gaps[i]); tsn <= last; tsn++) {
                SentChunk chunk = outstanding.get(tsn);
                if (chunk != null) {
                    arrived(chunk);
                }
            }
            behind = Math.max(behind, last);
        }
    }

    private void arrived(SentChunk chunk) {
        if (!chunk.isUnsettled()) {
            return;
        }
        ackedBytes += flight.size(chunk);
        flight.change(chunk, Fate.ACKNOWLEDGED);
        if (newest == null || chunk.order > newest.order) {
            newest = chunk;
        }
    }
}
