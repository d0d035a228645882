package dev.parley.signaling.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.function.Supplier;

/// What the process takes of its machine, under our own prefix: processor time, memory, open files.
final class ProcessMetrics {
    private ProcessMetrics() {}

    static void bind(MeterRegistry registry, String version) {
        Gauge.builder("parley.build.info", () -> 1)
                .description("1; the label says which version runs")
                .tag("version", version)
                .register(registry);
        gauge(
                registry,
                "start.time.seconds",
                "When the process started, in Unix time",
                () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        memory(
                registry,
                "heap",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        memory(registry, "direct", ProcessMetrics::directBytes);
        gauge(
                registry,
                "heap.max.bytes",
                "The most that the heap may take",
                () -> Runtime.getRuntime().maxMemory());
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof com.sun.management.OperatingSystemMXBean process) {
            FunctionCounter.builder("parley.cpu.seconds", process, p -> p.getProcessCpuTime() / 1e9)
                    .description("Processor time of all threads")
                    .register(registry);
        }
        if (system instanceof UnixOperatingSystemMXBean unix) {
            gauge(registry, "open.files", "Open sockets and files", unix::getOpenFileDescriptorCount);
            gauge(registry, "open.files.max", "How many may be open", unix::getMaxFileDescriptorCount);
        }
    }

    private static void memory(MeterRegistry registry, String area, Supplier<Number> bytes) {
        Gauge.builder("parley.memory.bytes", bytes)
                .description("Memory in use: what the collector looks after, and buffers beside it")
                .tag("area", area)
                .strongReference(true)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String help, Supplier<Number> value) {
        Gauge.builder("parley." + name, value)
                .description(help)
                .strongReference(true)
                .register(registry);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
