package dev.parley.sfu.server;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.sdp.SdpResult;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Reads first offers beside the media loops: text that is longest where somebody means harm, and half of what an
/// answer costs. While a loop reads, nobody's media goes on. Callable from any thread.
final class OfferReaders implements AutoCloseable {
    /// Of at most 256 KiB each. What comes when so many wait is read by whoever brings it, who then brings less.
    static final int WAITING_MAX = 256;

    private static final long IDLE_S = 10;

    private final Limits limits;
    private final ThreadPoolExecutor threads;

    OfferReaders(int count, Limits limits) {
        this.limits = limits;
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                IDLE_S,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().daemon().name("offers-", 0).factory(),
                (reading, _) -> reading.run());
        threads.allowCoreThreadTimeOut(true);
    }

    CompletableFuture<SdpResult> read(String offer) {
        return CompletableFuture.supplyAsync(() -> SdpParser.parse(offer, limits), threads);
    }

    /// What waits is read all the same.
    @Override
    public void close() {
        threads.shutdown();
    }
}
