package dev.parley.signaling.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a database reported.
final class StoreFigures implements StoreWatch {
    final List<Long> commits = new CopyOnWriteArrayList<>();
    final List<Fault> failures = new CopyOnWriteArrayList<>();
    final List<String> limits = new CopyOnWriteArrayList<>();

    @Override
    public void committed(long nanos) {
        commits.add(nanos);
    }

    @Override
    public void failed(Fault fault) {
        failures.add(fault);
    }

    @Override
    public void limitHit(String limit) {
        limits.add(limit);
    }
}
