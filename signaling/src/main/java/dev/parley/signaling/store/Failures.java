package dev.parley.signaling.store;

import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a failure: a figure, a line in the log once a minute at most for each kind, an answer to whoever
/// asked. Callable from any thread.
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final long QUIET_NS = TimeUnit.MINUTES.toNanos(1);

    private final StoreWatch watch;
    private final AtomicLong[] saidNs = new AtomicLong[Fault.values().length];

    Failures(StoreWatch watch) {
        this.watch = watch;
        for (int i = 0; i < saidNs.length; i++) {
            saidNs[i] = new AtomicLong(System.nanoTime() - QUIET_NS);
        }
    }

    Refusal of(Exception e) {
        Fault fault = e instanceof SQLException sql ? Fault.of(sql) : Fault.OTHER;
        watch.failed(fault);
        AtomicLong said = saidNs[fault.ordinal()];
        long before = said.get();
        long now = System.nanoTime();
        if (now - before >= QUIET_NS && said.compareAndSet(before, now)) {
            LOG.error("{} ({}); said once a minute", fault.text(), e.getMessage(), fault == Fault.OTHER ? e : null);
        }
        return new Refusal(RefusalCode.UNAVAILABLE, "this could not be stored: " + fault.text());
    }

    Refusal overrun(String queue) {
        watch.limitHit(queue);
        return new Refusal(RefusalCode.UNAVAILABLE, "the database does not keep up; try again");
    }

    Refusal closed() {
        return new Refusal(RefusalCode.UNAVAILABLE, "the server is stopping");
    }
}
