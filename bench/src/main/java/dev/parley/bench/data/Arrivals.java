package dev.parley.bench.data;

import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The messages of one transfer as they come: each must come once and have the length it had. `came` and `broken` on
/// the receiver's thread, `await` on any other.
final class Arrivals {
    private static final long PATIENCE_SECONDS = 60;

    private final int bytes;
    private final int count;
    private final BitSet came = new BitSet();
    private final CompletableFuture<Long> last = new CompletableFuture<>();
    private int missing;

    Arrivals(int bytes, int count) {
        this.bytes = bytes;
        this.count = count;
        this.missing = count;
    }

    void came(byte[] message) {
        int number = Numbered.numberOf(message);
        if (message.length != bytes || number < 0 || number >= count) {
            broken("a message of " + message.length + " bytes with number " + number + " that nobody sent");
        } else if (came.get(number)) {
            broken("message " + number + " came twice");
        } else {
            came.set(number);
            if (--missing == 0) {
                last.complete(System.nanoTime());
            }
        }
    }

    /// They will not all come.
    void broken(String why) {
        last.completeExceptionally(new IllegalStateException(why));
    }

    /// When the last one came.
    ///
    /// @throws IllegalStateException when not each came once
    long await() {
        try {
            return last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the transfer failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("messages are missing after " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
