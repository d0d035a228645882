package dev.parley.sfu.server;

import dev.parley.sfu.base.SfuCounter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/// Shows what the loops count as meters. Reads the loops' plain cells when it is scraped; nothing is added to the path
/// of a packet.
public final class MicrometerExport {
    private static final String PREFIX = "parley.";

    private MicrometerExport() {}

    public static void bind(SfuServer server, MeterRegistry registry) {
        for (SfuCounter counter : SfuCounter.values()) {
            FunctionCounter.builder(name(counter), server.edge(), edge -> edge.count(counter))
                    .description(counter.help())
                    .tags(tags(counter))
                    .register(registry);
        }
    }

    /// Micrometer's Prometheus registry adds `_total` itself.
    private static String name(SfuCounter counter) {
        return PREFIX + counter.metric().replace("_total", "").replace('_', '.');
    }

    private static Tags tags(SfuCounter counter) {
        String label = counter.label();
        String value = counter.value();
        return label == null || value == null ? Tags.empty() : Tags.of(label, value);
    }
}
