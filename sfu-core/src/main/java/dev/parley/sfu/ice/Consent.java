package dev.parley.sfu.ice;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;

/// When the peer was last heard, and what follows from it, after RFC 7675. One loop's thread.
///
/// A lite agent sends no checks of its own: that the peer's authenticated checks and packets keep coming is the
/// consent.
final class Consent {
    private final Limits limits;
    private ConsentState state = ConsentState.CHECKING;
    private boolean active;
    private long heardNs;

    /// @param nowNs when waiting for the first check began
    Consent(Limits limits, long nowNs) {
        this.limits = limits;
        this.heardNs = nowNs;
    }

    ConsentState state() {
        return state;
    }

    /// Of someone who sends or receives nothing, silence means less: Firefox checks each 5 to 6 s.
    void active(boolean sendsOrReceivesMedia) {
        active = sendsOrReceivesMedia;
    }

    void heard(long nowNs) {
        heardNs = nowNs;
        if (state != ConsentState.CONNECTED && state != ConsentState.CLOSED) {
            state = ConsentState.CONNECTED;
        }
    }

    void close() {
        state = ConsentState.CLOSED;
    }

    void onTime(long nowNs) {
        while (nextNs() <= nowNs) {
            state = next();
        }
    }

    /// When the state changes unless something is heard.
    long nextNs() {
        return switch (state) {
            case CHECKING, SILENT -> heardNs + limits.transportClosesNs();
            case CONNECTED -> heardNs + (active ? limits.awayWithMediaNs() : limits.awayIdleNs());
            case AWAY -> heardNs + limits.sendingStopsNs();
            case CLOSED -> Deadlines.NEVER;
        };
    }

    private ConsentState next() {
        return switch (state) {
            case CHECKING, SILENT, CLOSED -> ConsentState.CLOSED;
            case CONNECTED -> ConsentState.AWAY;
            case AWAY -> ConsentState.SILENT;
        };
    }
}
