package dev.parley.signaling.app;

import dev.parley.signaling.files.FilesWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The figures of files. Callable from any thread.
final class FilesMetrics implements FilesWatch {
    private final Counter received;
    private final Counter sent;
    private final Counter completed;
    private final Consumer<String> limits;
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /// @param limits counts the limits that were reached
    FilesMetrics(MeterRegistry registry, Consumer<String> limits) {
        this.limits = limits;
        this.received = transferred(registry, "up");
        this.sent = transferred(registry, "down");
        this.completed = Counter.builder("parley.file.uploads")
                .description("Files that were uploaded as a whole")
                .register(registry);
        Gauge.builder("parley.files", files, AtomicLong::get)
                .description("Files that are kept, those among them that are on their way in")
                .strongReference(true)
                .register(registry);
        Gauge.builder("parley.files.stored", bytes, AtomicLong::get)
                .description("What the files that are kept have on the disk")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    private static Counter transferred(MeterRegistry registry, String direction) {
        return Counter.builder("parley.file.transferred")
                .description("Bytes of files that came in and were handed out")
                .baseUnit("bytes")
                .tag("direction", direction)
                .register(registry);
    }

    @Override
    public void received(long count) {
        received.increment(count);
    }

    @Override
    public void sent(long count) {
        sent.increment(count);
    }

    @Override
    public void completed() {
        completed.increment();
    }

    @Override
    public void limitHit(String limit) {
        limits.accept(limit);
    }

    @Override
    public void kept(long nowFiles, long nowBytes) {
        files.set(nowFiles);
        bytes.set(nowBytes);
    }
}
