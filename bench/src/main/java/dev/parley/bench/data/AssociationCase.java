package dev.parley.bench.data;

import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Machine;
import dev.parley.bench.report.Neighbours;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.Result;
import dev.parley.sfu.sctp.packet.Payload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One association: transfers up, down and in memory alone take turns, so that what they cost can be compared. One
/// thread.
///
/// @param sizes of messages, a point each
/// @param transferBytes of one transfer
record AssociationCase(List<Integer> sizes, int transferBytes, int warmUpSeconds, int seconds) {
    void run(Machine machine, Pinning pinning, Consumer<Result> results) throws IOException {
        for (int bytes : sizes) {
            try (AssociationRig rig = new AssociationRig(pinning)) {
                Point point = new Point(bytes, rig);
                point.run(warmUpSeconds, false);
                Neighbours neighbours = new Neighbours();
                point.run(seconds, true);
                results.accept(point.result(new Result("data", machine, neighbours)));
            }
        }
    }

    private final class Point {
        private final int bytes;
        private final int count;
        private final AssociationRig rig;
        private final MemoryPair pair = new MemoryPair();
        private final TransferFigures up = new TransferFigures();
        private final TransferFigures down = new TransferFigures();
        private final Figures memoryMs = new Figures();

        Point(int bytes, AssociationRig rig) {
            this.bytes = bytes;
            this.count = Math.max(1, transferBytes / bytes);
            this.rig = rig;
        }

        void run(int forSeconds, boolean measured) {
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(forSeconds);
            do {
                Transfer sent = rig.up(bytes, count);
                Transfer received = rig.down(bytes, count);
                double memory = inMemory();
                if (measured) {
                    up.add(sent);
                    down.add(received);
                    memoryMs.add(memory);
                }
            } while (System.nanoTime() < endNs);
        }

        /// Milliseconds of processor a megabyte, both ends together.
        private double inMemory() {
            var threads = ManagementFactory.getThreadMXBean();
            long beforeNs = threads.getCurrentThreadCpuTime();
            pair.transfer(new Payload(Numbered.of(bytes).shared(), new byte[Integer.BYTES]), count);
            return (threads.getCurrentThreadCpuTime() - beforeNs) / ((double) bytes * count);
        }

        Result result(Result result) {
            System.out.printf("messages of %d bytes, one association:%n", bytes);
            say("client to server", up);
            say("server to client", down);
            System.out.printf("  in memory, both ends: %.2f ms of processor a MB%n", memoryMs.median());
            return result.put("case", "association")
                    .put("bytes", bytes)
                    .put("up", up.told())
                    .put("down", down.told())
                    .put("memory_ms_per_mb", TransferFigures.best(memoryMs, 0, 2));
        }

        private void say(String direction, TransferFigures figures) {
            System.out.printf(
                    "  %s: %.1f MB/s, %.2f ms of processor a MB at the server, %.2f at the client%n",
                    direction,
                    figures.mbPerSecond().median(),
                    figures.serverMs().median(),
                    figures.clientMs().median());
        }
    }
}
