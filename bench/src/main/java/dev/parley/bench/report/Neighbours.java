package dev.parley.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How much of a core others used while something was measured: everything on the machine but this process and its
/// descendants. Knows nothing where the system does not say it.
public final class Neighbours {
    /// Above it the figures are not ours alone.
    private static final double DISTURBING_CORES = 0.05;

    private final long startNs = System.nanoTime();
    private final long startTicks = others();

    public double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    public double cores() {
        long now = others();
        return startTicks < 0 || now < 0 ? 0 : Math.max(0, (now - startTicks) / ProcFiles.TICKS_PER_SECOND / seconds());
    }

    public boolean disturbed() {
        return cores() > DISTURBING_CORES;
    }

    private static long others() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            String[] all = lines.findFirst().orElse("").split("\\s+");
            long busy = ticks(all, 1) + ticks(all, 2) + ticks(all, 3) + ticks(all, 6) + ticks(all, 7);
            ProcessHandle self = ProcessHandle.current();
            return busy
                    - Stream.concat(Stream.of(self), self.descendants())
                            .mapToLong(process -> ProcFiles.ticks(process.pid()))
                            .sum();
        } catch (IOException e) {
            return -1;
        }
    }

    private static long ticks(String[] fields, int at) {
        return fields.length > at ? Long.parseLong(fields[at]) : 0;
    }
}
