package dev.parley.signaling.app;

import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.Via;
import dev.parley.signaling.chat.ChatWatch;
import dev.parley.signaling.chat.Way;
import dev.parley.signaling.rooms.RoomsWatch;
import dev.parley.signaling.web.WebWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// The figures of signaling under the names of docs/operations.md; no room, name or address is ever a label. Callable
/// from any thread.
final class Metrics implements RoomsWatch, WebWatch, ChatWatch {
    private static final Duration[] JOIN_BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(400),
        Duration.ofMillis(800),
        Duration.ofMillis(1600),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final AtomicInteger rooms = new AtomicInteger();
    private final AtomicInteger[][] people = new AtomicInteger[Via.values().length][MediaPath.values().length];
    private final Map<Rung, Counter> healed = new EnumMap<>(Rung.class);
    private final Map<Way, Counter> said = new EnumMap<>(Way.class);
    private final Timer joins;

    Metrics(MeterRegistry registry, BooleanSupplier draining) {
        this.registry = registry;
        Gauge.builder("parley.rooms", rooms, AtomicInteger::get)
                .description("Rooms that are open")
                .strongReference(true)
                .register(registry);
        Gauge.builder("parley.draining", draining, d -> d.getAsBoolean() ? 1 : 0)
                .description("1 while the server is stopping")
                .strongReference(true)
                .register(registry);
        joins = Timer.builder("parley.join")
                .description("From the join message until media flows")
                .serviceLevelObjectives(JOIN_BUCKETS)
                .register(registry);
        for (Rung rung : Rung.values()) {
            healed.put(
                    rung,
                    Counter.builder("parley.heal")
                            .description("What broke and healed, by what it took")
                            .tag("rung", rung.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (Way way : Way.values()) {
            said.put(
                    way,
                    Counter.builder("parley.chat.messages")
                            .description("Chat messages and changes of them that were stored, by how they came")
                            .tag("way", way.label())
                            .register(registry));
        }
        for (Via via : Via.values()) {
            for (MediaPath path : MediaPath.values()) {
                people[via.ordinal()][path.ordinal()] = gauge(via, path);
            }
        }
    }

    private AtomicInteger gauge(Via via, MediaPath path) {
        AtomicInteger cell = new AtomicInteger();
        Gauge.builder("parley.participants", cell, AtomicInteger::get)
                .description("People whose media flowed, in rooms now")
                .strongReference(true)
                .tag("via", via.name().toLowerCase(Locale.ROOT))
                .tag("path", path.name().toLowerCase(Locale.ROOT))
                .register(registry);
        return cell;
    }

    @Override
    public void rooms(int now) {
        rooms.set(now);
    }

    @Override
    public void people(Via via, MediaPath path, int change) {
        people[via.ordinal()][path.ordinal()].addAndGet(change);
    }

    @Override
    public void joinedIn(double seconds) {
        joins.record((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
    }

    @Override
    public void healed(Rung rung) {
        Objects.requireNonNull(healed.get(rung)).increment();
    }

    @Override
    public void said(Way way) {
        Objects.requireNonNull(said.get(way)).increment();
    }

    @Override
    public void limitHit(String limit) {
        Counter.builder("parley.limit.hits")
                .description("Limits that were reached")
                .tag("limit", limit)
                .register(registry)
                .increment();
    }
}
