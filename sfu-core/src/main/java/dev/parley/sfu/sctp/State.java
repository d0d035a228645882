package dev.parley.sfu.sctp;

import org.jspecify.annotations.Nullable;

/// Where an association is, and what it owns there, [RFC 9260 §4](https://www.rfc-editor.org/rfc/rfc9260#section-4).
sealed interface State {
    /// Nothing yet. An INIT is answered without leaving this state.
    record Closed() implements State {}

    /// Our INIT is out.
    record CookieWait(int ourTag, int ourTsn, RepeatTimer t1) implements State {}

    /// The peer's cookie goes back to it.
    record CookieEchoed(Tcb tcb, byte[] cookie, RepeatTimer t1) implements State {}

    record Established(Tcb tcb) implements State {}

    /// The owner wants to end; what waits is still sent.
    record ShutdownPending(Tcb tcb) implements State {}

    /// Everything of ours has arrived, and the peer knows.
    record ShutdownSent(Tcb tcb, RepeatTimer t2) implements State {}

    /// The peer wants to end; what waits here is still sent.
    record ShutdownReceived(Tcb tcb) implements State {}

    /// Everything has arrived on both sides.
    record ShutdownAckSent(Tcb tcb, RepeatTimer t2) implements State {}

    record Ended(SctpEnd end) implements State {}

    /// What two connected ends share, where there are two.
    default @Nullable Tcb block() {
        return switch (this) {
            case CookieEchoed s -> s.tcb;
            case Established s -> s.tcb;
            case ShutdownPending s -> s.tcb;
            case ShutdownSent s -> s.tcb;
            case ShutdownReceived s -> s.tcb;
            case ShutdownAckSent s -> s.tcb;
            case Closed _, CookieWait _, Ended _ -> null;
        };
    }

    /// The same once the peer has said yes, and anything may be sent.
    default @Nullable Tcb connected() {
        return this instanceof CookieEchoed ? null : block();
    }

    /// What is waited for in this state alone.
    default long timerNs() {
        return switch (this) {
            case CookieWait s -> s.t1.nextTimeNs();
            case CookieEchoed s -> s.t1.nextTimeNs();
            case ShutdownSent s -> s.t2.nextTimeNs();
            case ShutdownAckSent s -> s.t2.nextTimeNs();
            case Closed _, Established _, ShutdownPending _, ShutdownReceived _, Ended _ -> Long.MAX_VALUE;
        };
    }

    /// Messages leave.
    default boolean sends() {
        return this instanceof Established || this instanceof ShutdownPending || this instanceof ShutdownReceived;
    }

    /// Messages may come.
    default boolean receives() {
        return this instanceof CookieEchoed
                || this instanceof Established
                || this instanceof ShutdownPending
                || this instanceof ShutdownSent;
    }

    /// New messages are taken for sending.
    default boolean takesMessages() {
        return this instanceof Closed
                || this instanceof CookieWait
                || this instanceof CookieEchoed
                || this instanceof Established;
    }
}
