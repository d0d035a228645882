package dev.parley.bench.data;

import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the transfers of one direction and one length took, a megabyte (of 1,000,000 bytes) at a time. One thread.
final class TransferFigures {
    private static final double MB = 1e6;

    private final Figures mbPerSecond = new Figures();
    private final Figures serverMs = new Figures();
    private final Figures clientMs = new Figures();
    private final Figures serverAllocatedMb = new Figures();
    private long resent;
    private long bytes;

    void add(Transfer transfer) {
        double mb = transfer.bytes() / MB;
        mbPerSecond.add(mb / transfer.tookNs() * 1e9);
        serverMs.add(transfer.serverNs() / 1e6 / mb);
        clientMs.add(transfer.clientNs() / 1e6 / mb);
        serverAllocatedMb.add(transfer.serverAllocatedBytes() / MB / mb);
        resent += transfer.resent();
        bytes += transfer.bytes();
    }

    Figures mbPerSecond() {
        return mbPerSecond;
    }

    Figures serverMs() {
        return serverMs;
    }

    Figures clientMs() {
        return clientMs;
    }

    Map<String, @Nullable Object> told() {
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("mb_per_second", best(mbPerSecond, 1, 1));
        told.put("server_ms_per_mb", best(serverMs, 0, 2));
        told.put("client_ms_per_mb", best(clientMs, 0, 2));
        told.put("server_alloc_mb_per_mb", Result.round(serverAllocatedMb.median(), 2));
        told.put("resent_per_mb", Result.round(resent / (bytes / MB), 2));
        return told;
    }

    /// @param share where the best of them stands: 0 for costs, 1 for rates
    static Map<String, @Nullable Double> best(Figures figures, double share, int digits) {
        Map<String, @Nullable Double> best = new LinkedHashMap<>();
        best.put("best", Result.round(figures.quantile(share), digits));
        best.put("median", Result.round(figures.median(), digits));
        return best;
    }
}
