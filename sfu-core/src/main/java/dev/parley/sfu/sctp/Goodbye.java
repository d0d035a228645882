package dev.parley.sfu.sctp;

import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.SctpEnd.Reason;
import dev.parley.sfu.sctp.State.Established;
import dev.parley.sfu.sctp.State.ShutdownAckSent;
import dev.parley.sfu.sctp.State.ShutdownPending;
import dev.parley.sfu.sctp.State.ShutdownReceived;
import dev.parley.sfu.sctp.State.ShutdownSent;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.ShutdownAckChunk;
import dev.parley.sfu.sctp.packet.ShutdownChunk;
import dev.parley.sfu.sctp.packet.ShutdownCompleteChunk;
import dev.parley.sfu.sctp.tx.RetransmissionTimeout;

/// How an association ends when nobody is in a hurry, [RFC 9260
/// §9.2](https://www.rfc-editor.org/rfc/rfc9260#section-9.2):
/// what waits is sent on both sides first. One loop's thread.
///
///     SHUTDOWN →  ← SHUTDOWN ACK  SHUTDOWN COMPLETE →
final class Goodbye {
    private final Context context;
    private boolean answerDue;

    Goodbye(Context context) {
        this.context = context;
    }

    void shutdown(long nowNs) {
        if (context.state instanceof Established established) {
            context.state = new ShutdownPending(established.tcb());
            advance(nowNs);
        }
    }

    /// Goes on as soon as all of ours has arrived.
    void advance(long nowNs) {
        if (context.state instanceof ShutdownPending s && isDone(s.tcb())) {
            context.state = new ShutdownSent(s.tcb(), t2(s.tcb(), nowNs));
            sendShutdown(s.tcb());
        } else if (context.state instanceof ShutdownReceived s && isDone(s.tcb())) {
            acknowledge(s.tcb(), nowNs);
        }
    }

    private static boolean isDone(Tcb tcb) {
        return tcb.transmissions.isIdle();
    }

    private RepeatTimer t2(Tcb tcb, long nowNs) {
        return new RepeatTimer(
                tcb.transmissions.timeout().timeoutNs(),
                RetransmissionTimeout.MOST_NS,
                context.settings.limits().sctpFailures(),
                nowNs);
    }

    private void sendShutdown(Tcb tcb) {
        tcb.send(new ShutdownChunk((int) tcb.tracker.cumulative()));
    }

    private void acknowledge(Tcb tcb, long nowNs) {
        context.state = new ShutdownAckSent(tcb, t2(tcb, nowNs));
        tcb.send(new ShutdownAckChunk());
    }

    /// The peer still sends while we have nothing more: it hears again how much has come.
    void dataCame() {
        answerDue = true;
    }

    /// Answers once, however often a packet asked.
    void packetEnded() {
        if (answerDue && context.state instanceof ShutdownSent s) {
            s.tcb().tracker.acknowledgeSoon();
            sendShutdown(s.tcb());
        } else if (answerDue && context.state instanceof ShutdownAckSent s) {
            s.tcb().send(new ShutdownAckChunk());
        }
        answerDue = false;
    }

    void onShutdown(ShutdownChunk shutdown, long nowNs) {
        switch (context.state) {
            case Established s -> received(s.tcb(), shutdown, nowNs);
            case ShutdownPending s -> received(s.tcb(), shutdown, nowNs);
            case ShutdownReceived s -> received(s.tcb(), shutdown, nowNs);
            case ShutdownSent s -> acknowledge(s.tcb(), nowNs);
            case ShutdownAckSent _ -> answerDue = true;
            default -> context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        }
    }

    private void received(Tcb tcb, ShutdownChunk shutdown, long nowNs) {
        context.state = new ShutdownReceived(tcb);
        tcb.onShutdownTsn(shutdown, nowNs);
        advance(nowNs);
    }

    void onShutdownAck() {
        switch (context.state) {
            case ShutdownSent s -> complete(s.tcb());
            case ShutdownAckSent s -> complete(s.tcb());
            default -> context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        }
    }

    private void complete(Tcb tcb) {
        tcb.send(new ShutdownCompleteChunk(false));
        context.end(Reason.SHUTDOWN, "");
    }

    /// The peer asks again for what it did not get: that all is over.
    void answerLate(Chunk chunk, int tag) {
        if (chunk instanceof ShutdownAckChunk) {
            context.send(tag, new ShutdownCompleteChunk(true));
        }
    }

    void onShutdownComplete() {
        if (context.state instanceof ShutdownAckSent) {
            context.end(Reason.SHUTDOWN, "");
        }
    }

    void onTime(long nowNs) {
        if (context.state instanceof ShutdownSent s && s.t2().fires(nowNs)) {
            again(s.t2(), () -> sendShutdown(s.tcb()));
        } else if (context.state instanceof ShutdownAckSent s && s.t2().fires(nowNs)) {
            again(s.t2(), () -> s.tcb().send(new ShutdownAckChunk()));
        }
    }

    private void again(RepeatTimer t2, Runnable send) {
        if (t2.isExhausted()) {
            context.end(Reason.PEER_GONE, "no answer to SHUTDOWN");
        } else {
            send.run();
        }
    }
}
