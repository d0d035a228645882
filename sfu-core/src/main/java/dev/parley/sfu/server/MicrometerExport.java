package dev.parley.sfu.server;

import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.base.SfuLevel;
import dev.parley.sfu.edge.UdpEdge;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

/// Shows what the loops count and measure as meters. Reads the loops' plain cells when it is scraped; nothing is added
/// to the path of a packet.
public final class MicrometerExport {
    private static final String PREFIX = "parley.";

    private MicrometerExport() {}

    public static void bind(SfuServer server, PrometheusMeterRegistry registry) {
        UdpEdge edge = server.edge();
        for (SfuCounter counter : SfuCounter.values()) {
            bind(counter, edge, registry);
        }
        for (SfuLevel level : SfuLevel.values()) {
            Gauge.builder(name(level.metric()), edge, e -> e.level(level))
                    .description(level.help())
                    .tags(tags(level.label(), level.value()))
                    .register(registry);
        }
        for (SfuDelay delay : SfuDelay.values()) {
            registry.getPrometheusRegistry().register(new DelayCollector(delay, edge));
        }
        Gauge.builder("parley.sessions", edge, UdpEdge::load)
                .description("Transports of participants: from the offer on, connected or not")
                .register(registry);
        edge.loops().forEach(loop -> server.watchdog().watch("media-" + loop.index(), loop.loop()::post, registry));
    }

    private static void bind(SfuCounter counter, UdpEdge edge, MeterRegistry registry) {
        FunctionCounter.builder(name(counter.metric()), edge, e -> e.count(counter))
                .description(counter.help())
                .tags(tags(counter.label(), counter.value()))
                .register(registry);
    }

    /// Micrometer's Prometheus registry adds `_total` itself.
    private static String name(String metric) {
        return PREFIX + metric.replace("_total", "").replace('_', '.');
    }

    private static Tags tags(@Nullable String label, @Nullable String value) {
        return label == null || value == null ? Tags.empty() : Tags.of(label, value);
    }
}
