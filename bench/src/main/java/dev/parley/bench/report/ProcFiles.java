package dev.parley.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What Linux says of processes and threads under `/proc`. Where there is nothing to read, nothing was used.
public final class ProcFiles {
    /// The kernel's unit there, whatever its own clock.
    public static final double TICKS_PER_SECOND = 100;

    private static final long KIB = 1024;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int RAN = 0;
    private static final int WAITED = 1;

    private ProcFiles() {}

    /// Processor time of a process, in ticks.
    static long ticks(long pid) {
        long[] both = ticks(Path.of("/proc", Long.toString(pid), "stat"));
        return both[0] + both[1];
    }

    /// Processor seconds of a process.
    public static double cpuSeconds(long pid) {
        return ticks(pid) / TICKS_PER_SECOND;
    }

    /// Processor time of all threads that a process has now, but those that compile: what they do is done once.
    public static long threadsCpuNs(long pid) {
        return scheduled(pid, RAN);
    }

    /// How long the same threads were ready and waited for a core: what others on the machine cost them.
    public static long threadsWaitedNs(long pid) {
        return scheduled(pid, WAITED);
    }

    /// The same of one thread of this process.
    public static long waitedNs(long thread) {
        return number(read(Path.of("/proc/self/task", Long.toString(thread), "schedstat")), WAITED);
    }

    private static long scheduled(long pid, int field) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.filter(thread -> !read(thread.resolve("comm")).contains(" Compiler"))
                    .mapToLong(thread -> number(read(thread.resolve("schedstat")), field))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long number(String text, int field) {
        String[] fields = text.strip().split(" ");
        return fields.length > field && !fields[field].isEmpty() ? Long.parseLong(fields[field]) : 0;
    }

    /// Of the time that a thread of this process used, which part in the kernel; NaN when nobody says.
    public static double kernelShare(long thread, double[] before) {
        double[] now = userAndSystem(thread);
        double all = now[0] + now[1] - before[0] - before[1];
        return all > 0 ? (now[1] - before[1]) / all : Double.NaN;
    }

    /// Seconds of a thread of this process.
    public static double[] userAndSystem(long thread) {
        long[] both = ticks(Path.of("/proc/self/task", Long.toString(thread), "stat"));
        return new double[] {both[0] / TICKS_PER_SECOND, both[1] / TICKS_PER_SECOND};
    }

    /// Bytes of memory that a process really has.
    public static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /// The kernel's number of the first thread of this process whose name begins so.
    public static OptionalLong thread(String name) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.filter(thread -> read(thread.resolve("comm")).startsWith(name))
                    .mapToLong(thread -> Long.parseLong(thread.getFileName().toString()))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /// Behind the name, which may hold anything.
    private static long[] ticks(Path stat) {
        String text = read(stat);
        int end = text.lastIndexOf(')');
        if (end < 0) {
            return new long[2];
        }
        String[] fields = text.substring(end + 2).split(" ");
        return new long[] {Long.parseLong(fields[USER]), Long.parseLong(fields[SYSTEM])};
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
