package dev.parley.signaling.rooms;

import dev.parley.signaling.model.Refusal;

/// Hears how a request went: exactly one call, on the timeline, before any event that follows from it.
public interface Reply<T> {
    void done(T value);

    void refused(Refusal refusal);
}
