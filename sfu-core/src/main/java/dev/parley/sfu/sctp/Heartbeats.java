package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.RateLimit;
import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import dev.parley.sfu.sctp.packet.HeartbeatChunk;

/// Asks a quiet peer whether it is there, [RFC 9260 §8.3](https://www.rfc-editor.org/rfc/rfc9260#section-8.3). One
/// loop's thread.
final class Heartbeats {
    /// Without anything else to send.
    static final long INTERVAL_NS = 30_000_000_000L;

    /// A random number and the time.
    private static final int INFO_BYTES = 16;

    /// Answers to what the peer asks; it has no need to ask more often.
    private static final int ANSWERS_PER_SECOND = 10;

    private final Tcb tcb;
    private final RateLimit answers = new RateLimit(ANSWERS_PER_SECOND);
    private long askAtNs;
    private long unansweredAtNs = Deadlines.NEVER;
    private long nonce;

    Heartbeats(Tcb tcb, long nowNs) {
        this.tcb = tcb;
        askAtNs = nowNs + INTERVAL_NS;
    }

    /// Something else left, which the peer answers.
    void sent(long nowNs) {
        askAtNs = nowNs + INTERVAL_NS;
    }

    void onHeartbeat(HeartbeatChunk heartbeat, long nowNs) {
        if (answers.allows(nowNs)) {
            tcb.send(new HeartbeatChunk(true, heartbeat.info()));
        }
    }

    void onAnswer(HeartbeatChunk answer, long nowNs) {
        WireReader r = WireReader.of(answer.info());
        long echoed = r.i64();
        long askedNs = r.i64();
        if (unansweredAtNs != Deadlines.NEVER && !r.overrun() && echoed == nonce && askedNs <= nowNs) {
            unansweredAtNs = Deadlines.NEVER;
            tcb.transmissions.timeout().observe(nowNs - askedNs);
            tcb.alive();
        }
    }

    void onTime(long nowNs) {
        if (unansweredAtNs <= nowNs) {
            unansweredAtNs = Deadlines.NEVER;
            askAtNs = nowNs;
            tcb.failed();
        }
        if (askAtNs <= nowNs && !(tcb.context.state instanceof State.Ended)) {
            ask(nowNs);
        }
    }

    private void ask(long nowNs) {
        nonce = tcb.context.rng.nextLong();
        byte[] info = new byte[INFO_BYTES];
        WireWriter.of(info).i64(nonce).i64(nowNs);
        askAtNs = nowNs + INTERVAL_NS;
        unansweredAtNs = nowNs + tcb.transmissions.timeout().timeoutNs();
        tcb.send(new HeartbeatChunk(false, info));
    }

    long nextTimeNs() {
        return Math.min(askAtNs, unansweredAtNs);
    }
}
