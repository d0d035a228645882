package dev.parley.bench.forward;

import com.sun.management.ThreadMXBean;
import dev.parley.bench.report.ProcFiles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.OptionalLong;

/// The one thread of a media loop in this process, seen from outside: what it uses of processor and heap.
final class MediaThread {
    private static final String NAME = "media-";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long id;
    private final OptionalLong kernelId = ProcFiles.thread(NAME);

    MediaThread() {
        this.id = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith(NAME))
                .mapToLong(ThreadInfo::getThreadId)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no thread is called " + NAME));
    }

    long cpuNs() {
        return THREADS.getThreadCpuTime(id);
    }

    long allocatedBytes() {
        return THREADS.getThreadAllocatedBytes(id);
    }

    /// The kernel's number, where it has one.
    OptionalLong kernelId() {
        return kernelId;
    }
}
