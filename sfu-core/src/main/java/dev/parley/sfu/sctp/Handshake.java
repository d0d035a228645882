package dev.parley.sfu.sctp;

import dev.parley.sfu.base.RateLimit;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.SctpEnd.Reason;
import dev.parley.sfu.sctp.State.Closed;
import dev.parley.sfu.sctp.State.CookieEchoed;
import dev.parley.sfu.sctp.State.CookieWait;
import dev.parley.sfu.sctp.State.Established;
import dev.parley.sfu.sctp.State.ShutdownAckSent;
import dev.parley.sfu.sctp.packet.AbortChunk;
import dev.parley.sfu.sctp.packet.CookieAckChunk;
import dev.parley.sfu.sctp.packet.CookieEchoChunk;
import dev.parley.sfu.sctp.packet.ErrorCause;
import dev.parley.sfu.sctp.packet.ErrorChunk;
import dev.parley.sfu.sctp.packet.InitChunk;
import dev.parley.sfu.sctp.packet.InitParameters;
import dev.parley.sfu.sctp.packet.PacketHeader;
import dev.parley.sfu.sctp.packet.ShutdownAckChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an association comes up, from either side or both at once, and anew,
/// [RFC 9260 §5](https://www.rfc-editor.org/rfc/rfc9260#section-5). One loop's thread.
///
///     INIT →  ← INIT ACK with a cookie  COOKIE ECHO →  ← COOKIE ACK
final class Handshake {
    /// The answer may have been lost: so long until the first repetition, and at most between two.
    private static final long T1_NS = 1_000_000_000;

    private static final long T1_MOST_NS = 8_000_000_000L;
    private static final int REPEATS_MAX = 8;

    /// A cookie that comes back later is of another time, §5.1.3 advises a minute.
    private static final long COOKIE_LIFETIME_NS = 60_000_000_000L;

    private final Context context;
    private final CookieSeal seal;
    private final RateLimit work;

    Handshake(Context context) {
        this.context = context;
        seal = new CookieSeal(context.rng);
        work = new RateLimit(context.settings.limits().sctpInitsPerSecond());
    }

    // ---- our side begins ----

    void connect(long nowNs) {
        CookieWait wait = new CookieWait(context.unpredictable(), context.rng.nextInt(), t1(nowNs));
        context.state = wait;
        sendInit(wait);
    }

    private static RepeatTimer t1(long nowNs) {
        return new RepeatTimer(T1_NS, T1_MOST_NS, REPEATS_MAX, nowNs);
    }

    private void sendInit(CookieWait wait) {
        context.send(0, init(false, wait.ourTag(), wait.ourTsn(), offered()));
    }

    private InitChunk init(boolean ack, int tag, int tsn, InitParameters parameters) {
        var limits = context.settings.limits();
        return new InitChunk(
                ack, tag, limits.sctpReceiveBytes(), limits.sctpStreams(), limits.sctpStreams(), tsn, parameters);
    }

    private InitParameters offered() {
        return InitParameters.of(true, true, context.settings.interleaving(), context.settings.zeroChecksum());
    }

    void onTime(long nowNs) {
        if (context.state instanceof CookieWait wait && wait.t1().fires(nowNs)) {
            again(wait.t1(), () -> sendInit(wait));
        } else if (context.state instanceof CookieEchoed echoed && echoed.t1().fires(nowNs)) {
            again(echoed.t1(), () -> sendCookie(echoed));
        }
    }

    private void again(RepeatTimer t1, Runnable send) {
        if (t1.isExhausted()) {
            context.end(Reason.NO_ANSWER, "no answer to INIT");
        } else {
            send.run();
        }
    }

    private void sendCookie(CookieEchoed echoed) {
        context.send(echoed.tcb().theirTag, new CookieEchoChunk(echoed.cookie()));
    }

    void onInitAck(InitChunk ack, long nowNs) {
        if (!(context.state instanceof CookieWait wait) || ack.initiateTag() == 0) {
            context.counters.add(SfuCounter.SCTP_UNEXPECTED);
            return;
        }
        if (ack.outgoingStreams() == 0
                || ack.incomingStreams() == 0
                || ack.parameters().cookie().length == 0) {
            context.abort(
                    ack.initiateTag(),
                    Reason.VIOLATION,
                    ErrorCause.of(ErrorCause.INVALID_PARAMETER, "INIT ACK without streams or cookie"));
            return;
        }
        Capabilities capabilities = Capabilities.of(context.settings, ack.parameters());
        StateCookie peer = StateCookie.of(wait.ourTag(), wait.ourTsn(), ack, capabilities, 0, 0, nowNs);
        CookieEchoed echoed =
                new CookieEchoed(new Tcb(context, peer, nowNs), ack.parameters().cookie(), t1(nowNs));
        context.state = echoed;
        sendCookie(echoed);
    }

    void onCookieAck() {
        if (context.state instanceof CookieEchoed echoed) {
            established(echoed.tcb());
        }
    }

    /// Our cookie came back too late for the peer: from the beginning, as long as the timer allows.
    void onStaleCookie() {
        if (context.state instanceof CookieEchoed echoed) {
            CookieWait wait = new CookieWait(context.unpredictable(), context.rng.nextInt(), echoed.t1());
            context.state = wait;
            sendInit(wait);
        }
    }

    private void established(Tcb tcb) {
        context.state = new Established(tcb);
        context.event(new SctpEvent.Established(tcb.outgoingStreams));
    }

    // ---- the peer begins ----

    /// Answers without keeping anything. Where an association exists, the cookie says which (§5.2.1, §5.2.2).
    void onInit(InitChunk init, long nowNs) {
        if (init.initiateTag() == 0) {
            context.counters.add(SfuCounter.SCTP_MALFORMED);
            return;
        }
        if (!work.allows(nowNs)) {
            context.counters.add(SfuCounter.LIMIT_SCTP_INITS);
            return;
        }
        if (init.outgoingStreams() == 0 || init.incomingStreams() == 0) {
            ErrorCause cause = ErrorCause.of(ErrorCause.INVALID_PARAMETER, "no streams");
            context.send(init.initiateTag(), new AbortChunk(false, List.of(cause)));
            return;
        }
        switch (context.state) {
            case CookieWait wait -> answer(init, wait.ourTag(), wait.ourTsn(), null, nowNs);
            case CookieEchoed echoed -> answer(init, echoed.tcb().ourTag, echoed.tcb().ourFirstTsn, null, nowNs);
            case ShutdownAckSent s -> s.tcb().send(new ShutdownAckChunk());
            default -> answer(init, context.unpredictable(), context.rng.nextInt(), context.state.block(), nowNs);
        }
    }

    private void answer(InitChunk init, int tag, int tsn, @Nullable Tcb tie, long nowNs) {
        Capabilities capabilities = Capabilities.of(context.settings, init.parameters());
        int tieOurs = tie == null ? 0 : tie.ourTag;
        int tieTheirs = tie == null ? 0 : tie.theirTag;
        StateCookie cookie = StateCookie.of(tag, tsn, init, capabilities, tieOurs, tieTheirs, nowNs);
        InitParameters parameters =
                offered().withCookie(seal.seal(cookie), init.parameters().unrecognized());
        context.send(init.initiateTag(), init(true, tag, tsn, parameters));
    }

    /// The peer has proved that our INIT ACK reached it. What that means where an association exists is the table of
    /// §5.2.4.
    ///
    /// @return false when the rest of the packet is not for anyone
    boolean onCookieEcho(CookieEchoChunk echo, PacketHeader header, long nowNs) {
        StateCookie cookie = work.allows(nowNs) ? seal.open(echo.cookie()) : null;
        if (cookie == null || cookie.ourTag() != header.verificationTag()) {
            context.counters.add(SfuCounter.SCTP_COOKIE);
            return false;
        }
        Tcb tcb = context.state.block();
        boolean known = tcb != null && tcb.ourTag == cookie.ourTag() && tcb.theirTag == cookie.theirTag();
        if (nowNs - cookie.madeNs() > COOKIE_LIFETIME_NS && !known) {
            ErrorCause stale = new ErrorCause(ErrorCause.STALE_COOKIE, new byte[4]);
            context.send(cookie.theirTag(), new ErrorChunk(List.of(stale)));
            return false;
        }
        return tcb == null ? begin(cookie, nowNs) : meet(tcb, cookie, nowNs);
    }

    private boolean begin(StateCookie cookie, long nowNs) {
        if (!(context.state instanceof Closed) && !(context.state instanceof CookieWait)) {
            return false;
        }
        Tcb tcb = new Tcb(context, cookie, nowNs);
        established(tcb);
        tcb.send(new CookieAckChunk());
        return true;
    }

    private boolean meet(Tcb tcb, StateCookie cookie, long nowNs) {
        boolean ours = cookie.ourTag() == tcb.ourTag;
        boolean theirs = cookie.theirTag() == tcb.theirTag;
        boolean tied = cookie.tieOurs() == tcb.ourTag && cookie.tieTheirs() == tcb.theirTag;
        if (ours && context.state instanceof CookieEchoed) {
            return together(theirs ? tcb : new Tcb(context, cookie, nowNs));
        }
        if (ours && theirs) {
            tcb.send(new CookieAckChunk());
            return true;
        }
        if (!ours && !theirs && tied) {
            return restart(tcb, cookie, nowNs);
        }
        context.counters.add(SfuCounter.SCTP_COOKIE);
        return false;
    }

    /// Both began at once: with the same cookies in mind (D), or not (B).
    private boolean together(Tcb tcb) {
        established(tcb);
        tcb.send(new CookieAckChunk());
        return true;
    }

    /// The peer has forgotten everything (A).
    private boolean restart(Tcb tcb, StateCookie cookie, long nowNs) {
        if (context.state instanceof ShutdownAckSent) {
            tcb.send(new ShutdownAckChunk());
            tcb.send(new ErrorChunk(List.of(new ErrorCause(ErrorCause.COOKIE_WHILE_SHUTTING_DOWN, new byte[0]))));
            return false;
        }
        context.queue = context.emptyQueue();
        Tcb fresh = new Tcb(context, cookie, nowNs);
        context.event(new SctpEvent.Restarted());
        established(fresh);
        fresh.send(new CookieAckChunk());
        return true;
    }
}
