package dev.parley.signaling.web;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// What operators and orchestrators ask on the management listener: alive, ready for newcomers, figures.
public final class Health {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean draining = new AtomicBoolean();

    public void ready() {
        ready.set(true);
    }

    public void drain() {
        draining.set(true);
    }

    public boolean draining() {
        return draining.get();
    }

    public Router router(Supplier<String> metrics) {
        return new Router()
                .get("/livez", _ -> Response.text(200, "ok\n"))
                .get("/readyz", _ -> readiness())
                .get("/metrics", _ -> Response.of(200, PROMETHEUS, metrics.get().getBytes(StandardCharsets.UTF_8)));
    }

    private Response readiness() {
        if (draining.get()) {
            return Response.text(503, "draining\n");
        }
        return ready.get() ? Response.text(200, "ok\n") : Response.text(503, "starting\n");
    }
}
