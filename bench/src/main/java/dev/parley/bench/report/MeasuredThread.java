package dev.parley.bench.report;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.OptionalLong;

/// One thread of this process seen from outside: what it uses of processor and heap.
public final class MeasuredThread {
    /// Of the one thread of a media loop.
    public static final String MEDIA = "media-";

    /// Of the one thread of synthetic participants.
    public static final String PARTICIPANTS = "participants";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long id;
    private final OptionalLong kernelId;

    /// @param begin of its name; the first such thread is taken
    public MeasuredThread(String begin) {
        this.kernelId = ProcFiles.thread(begin);
        this.id = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith(begin))
                .mapToLong(ThreadInfo::getThreadId)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no thread is called " + begin));
    }

    public long cpuNs() {
        return THREADS.getThreadCpuTime(id);
    }

    public long allocatedBytes() {
        return THREADS.getThreadAllocatedBytes(id);
    }

    /// The kernel's number, where it has one.
    public OptionalLong kernelId() {
        return kernelId;
    }
}
