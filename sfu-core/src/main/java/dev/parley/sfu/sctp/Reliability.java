package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.sctp.tx.OutgoingMessage;

/// How a message is delivered: in order or not, and for how long it is tried
/// ([RFC 3758](https://www.rfc-editor.org/rfc/rfc3758), RFC 7496).
///
/// @param retransmissionsMax how often each fragment is sent again; `ENDLESS` without a limit
/// @param lifetimeNs how long it is tried from when it was queued; `Deadlines.NEVER` without a limit
public record Reliability(boolean ordered, int retransmissionsMax, long lifetimeNs) {
    public static final int ENDLESS = OutgoingMessage.ENDLESS;

    public static Reliability reliable(boolean ordered) {
        return new Reliability(ordered, ENDLESS, Deadlines.NEVER);
    }

    public static Reliability retransmits(boolean ordered, int most) {
        return new Reliability(ordered, most, Deadlines.NEVER);
    }

    public static Reliability lifetime(boolean ordered, long lifetimeNs) {
        return new Reliability(ordered, ENDLESS, lifetimeNs);
    }

    Reliability inOrder() {
        return new Reliability(true, retransmissionsMax, lifetimeNs);
    }

    long expiresNs(long nowNs) {
        return lifetimeNs == Deadlines.NEVER ? Deadlines.NEVER : nowNs + lifetimeNs;
    }
}
