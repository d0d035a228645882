package dev.parley.signaling.app;

import dev.parley.signaling.store.Fault;
import dev.parley.signaling.store.StoreWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The figures of the database, which is open before there is anything that shows them. Callable from any thread.
final class StoreMetrics implements StoreWatch {
    private final LongAdder commits = new LongAdder();
    private final LongAdder commitNs = new LongAdder();
    private final Map<Fault, LongAdder> failures = new EnumMap<>(Fault.class);
    private final Map<String, LongAdder> limits =
            Stream.of("store_queue", "store_reads").collect(Collectors.toMap(limit -> limit, _ -> new LongAdder()));

    StoreMetrics() {
        for (Fault fault : Fault.values()) {
            failures.put(fault, new LongAdder());
        }
    }

    void bind(MeterRegistry registry) {
        FunctionTimer.builder(
                        "parley.store.commit", this, s -> s.commits.sum(), s -> s.commitNs.sum(), TimeUnit.NANOSECONDS)
                .description("Transactions of the database, each until it was on the disk")
                .register(registry);
        failures.forEach((fault, count) -> FunctionCounter.builder("parley.store.failures", count, LongAdder::sum)
                .description("What the database did not do, by what went wrong")
                .tag("reason", fault.label())
                .register(registry));
        limits.forEach((limit, count) -> FunctionCounter.builder("parley.limit.hits", count, LongAdder::sum)
                .description("Limits that were reached")
                .tag("limit", limit)
                .register(registry));
    }

    @Override
    public void committed(long nanos) {
        commits.increment();
        commitNs.add(nanos);
    }

    @Override
    public void failed(Fault fault) {
        Objects.requireNonNull(failures.get(fault)).increment();
    }

    @Override
    public void limitHit(String limit) {
        Objects.requireNonNull(limits.get(limit), limit).increment();
    }
}
