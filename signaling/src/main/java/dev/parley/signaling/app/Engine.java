package dev.parley.signaling.app;

import dev.parley.sfu.api.Sfu;
import dev.parley.sfu.api.SfuConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;

/// Starts a media engine and shows its figures; the one seam between the server and what moves packets.
@FunctionalInterface
interface Engine {
    /// Throws an `IOException` when the port is occupied or an address cannot be bound.
    Sfu start(SfuConfig config, PrometheusMeterRegistry registry) throws IOException;
}
