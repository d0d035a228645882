package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.RateLimit;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.SctpEnd.Reason;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.ErrorCause;
import dev.parley.sfu.sctp.packet.ErrorChunk;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.PacketWriter;
import dev.parley.sfu.sctp.packet.SackChunk;
import dev.parley.sfu.sctp.packet.ShutdownChunk;
import dev.parley.sfu.sctp.rx.DataTracker;
import dev.parley.sfu.sctp.rx.DataTracker.Seen;
import dev.parley.sfu.sctp.rx.ReassemblyQueue;
import dev.parley.sfu.sctp.rx.ReceivedMessage;
import dev.parley.sfu.sctp.tx.RetransmissionQueue;
import dev.parley.sfu.sctp.tx.RetransmissionQueue.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What exists while two ends are connected (RFC 9260 calls it the transmission control block): both tags, both
/// directions of data, and what watches over them. One loop's thread.
final class Tcb {
    /// Complaints about what the peer sent; one that causes more reads none of them.
    private static final int ERRORS_PER_SECOND = 4;

    /// Room that an acknowledgement leaves in its packet.
    private static final int SACK_BYTES_MAX = 600;

    final Context context;
    final int ourTag;
    final int ourFirstTsn;
    final Capabilities capabilities;
    final int outgoingStreams;
    final int incomingStreams;
    final DataTracker tracker;
    final ReassemblyQueue reassembly;
    final RetransmissionQueue transmissions;
    final StreamResets resets;
    final Heartbeats heartbeats;
    final StuckPeer stuck;
    final int theirTag;

    /// In a row, without any sign of life between.
    private int failures;

    private final RateLimit errors = new RateLimit(ERRORS_PER_SECOND);

    Tcb(Context context, StateCookie peer, long nowNs) {
        Limits limits = context.settings.limits();
        this.context = context;
        ourTag = peer.ourTag();
        ourFirstTsn = peer.ourTsn();
        theirTag = peer.theirTag();
        capabilities = peer.capabilities();
        outgoingStreams = Math.min(limits.sctpStreams(), peer.peerIncoming());
        incomingStreams = Math.min(limits.sctpStreams(), peer.peerOutgoing());
        tracker = new DataTracker(peer.theirTsn(), limits.sctpGaps());
        reassembly = new ReassemblyQueue(
                capabilities.interleaving(),
                limits.sctpReceiveBytes(),
                context.settings.messageBytesMax(),
                incomingStreams);
        transmissions = new RetransmissionQueue(
                context.queue,
                peer.ourTsn(),
                peer.theirWindow(),
                context.settings.packetBytes(),
                limits.sctpSendBytes(),
                capabilities.interleaving(),
                capabilities.partialReliability(),
                context.counters);
        resets = new StreamResets(this, peer.ourTsn(), peer.theirTsn());
        heartbeats = new Heartbeats(this, nowNs);
        stuck = new StuckPeer(limits.sctpStuckNs(), limits.sctpSendBytes());
    }

    // ---- what comes ----

    void onData(DataChunk chunk, long nowNs) {
        if (chunk.header().interleaved() != capabilities.interleaving()) {
            violation("DATA and I-DATA mixed");
        } else if (chunk.length() == 0) {
            abort(Reason.VIOLATION, ErrorCause.of(ErrorCause.NO_USER_DATA, "no user data"));
        } else {
            long tsnIndex = tracker.tsnIndex(chunk.header().tsn());
            if (hasRoomFor(tsnIndex)) {
                take(chunk, tsnIndex, nowNs);
            }
        }
    }

    /// Where memory is short, only what may close a gap is taken. Without a gap nothing would ever free it.
    private boolean hasRoomFor(long tsnIndex) {
        if (!reassembly.isFull() || tracker.peek(tsnIndex) != Seen.NEW) {
            return true;
        }
        boolean closesGap = tracker.hasGaps() && tsnIndex <= tracker.highest();
        if (closesGap && !reassembly.isOverfull()) {
            return true;
        }
        context.counters.add(SfuCounter.LIMIT_SCTP_RECEIVE);
        if (closesGap || tsnIndex == tracker.cumulative() + 1) {
            abort(Reason.OUT_OF_RESOURCE, ErrorCause.of(ErrorCause.OUT_OF_RESOURCE, "messages without end"));
        } else {
            tracker.acknowledgeSoon();
        }
        return false;
    }

    private void take(DataChunk chunk, long tsnIndex, long nowNs) {
        Seen seen = tracker.observe(tsnIndex, chunk.header().immediate());
        if (seen == Seen.REFUSED) {
            context.counters.add(SfuCounter.LIMIT_SCTP_GAPS);
        } else if (seen == Seen.NEW && chunk.header().stream() >= incomingStreams) {
            context.counters.add(SfuCounter.SCTP_UNEXPECTED);
            int stream = chunk.header().stream();
            complain(
                    new ErrorCause(ErrorCause.INVALID_STREAM, new byte[] {(byte) (stream >> 8), (byte) stream, 0, 0}),
                    nowNs);
        } else if (seen == Seen.NEW) {
            reassemble(chunk, tsnIndex);
        }
    }

    private void reassemble(DataChunk chunk, long tsnIndex) {
        if (!reassembly.add(chunk, tsnIndex)) {
            context.counters.add(SfuCounter.LIMIT_SCTP_MESSAGE);
            violation("message longer than announced");
            return;
        }
        deliver();
    }

    private void deliver() {
        for (@Nullable ReceivedMessage m = reassembly.poll(); m != null; m = reassembly.poll()) {
            context.event(new SctpEvent.Message(m.stream(), m.ppid(), m.bytes()));
        }
        resets.onCumulative();
    }

    void onForwardTsn(ForwardTsnChunk forward) {
        long newCumulative = tracker.tsnIndex(forward.newCumulativeTsn());
        if (forward.interleaved() != capabilities.interleaving()) {
            violation("FORWARD-TSN and I-FORWARD-TSN mixed");
        } else if (newCumulative > tracker.cumulative() + DataTracker.AHEAD_MAX) {
            violation("FORWARD-TSN beyond what can have been sent");
        } else if (newCumulative <= tracker.cumulative()) {
            tracker.acknowledgeSoon();
        } else {
            tracker.forward(newCumulative);
            reassembly.skip(forward, newCumulative);
            deliver();
        }
    }

    void onSack(SackChunk sack, long nowNs) {
        acknowledged(transmissions.onSack(sack, nowNs));
    }

    void onShutdownTsn(ShutdownChunk shutdown, long nowNs) {
        acknowledged(transmissions.onCumulative(shutdown.cumulativeTsn(), nowNs));
    }

    private void acknowledged(Verdict verdict) {
        switch (verdict) {
            case TAKEN -> {
                alive();
                tracker.delay(transmissions.timeout().timeoutNs());
                stuck.taken(context.queue.cost());
            }
            case OLD -> context.counters.add(SfuCounter.SCTP_UNEXPECTED);
            case IMPOSSIBLE -> violation("acknowledges what was not sent");
        }
    }

    // ---- life and death of the peer ----

    void alive() {
        failures = 0;
    }

    /// Something was not answered; too often in a row, and the peer is gone.
    void failed() {
        if (++failures > context.settings.limits().sctpFailures()) {
            context.end(Reason.PEER_GONE, "no answer " + failures + " times");
        }
    }

    void violation(String what) {
        context.counters.add(SfuCounter.SCTP_VIOLATION);
        abort(Reason.VIOLATION, ErrorCause.of(ErrorCause.PROTOCOL_VIOLATION, what));
    }

    void abort(Reason reason, ErrorCause cause) {
        context.abort(theirTag, reason, cause);
    }

    /// Tells the peer, not too often, that something of its was not taken.
    void complain(ErrorCause cause, long nowNs) {
        if (errors.allows(nowNs)) {
            send(new ErrorChunk(List.of(cause)));
        }
    }

    // ---- what leaves ----

    void send(Chunk chunk) {
        context.begin(theirTag).add(chunk);
        emit();
    }

    private void emit() {
        context.emit(!capabilities.zeroChecksum());
    }

    /// Sends what is due: acknowledgements, resets, what was given up, and as much data as the windows allow.
    ///
    /// @param data that the state lets data leave
    void flush(boolean data, long nowNs) {
        boolean more = true;
        while (more) {
            PacketWriter w = context.begin(theirTag);
            if (tracker.ackDue(nowNs) || (data && tracker.ackPending() && !context.queue.isEmpty())) {
                w.add(tracker.sack(reassembly.window(), SACK_BYTES_MAX));
            }
            resets.add(w, nowNs);
            if (transmissions.forwardDue()) {
                w.add(transmissions.forward(w.room() - Chunk.HEADER_BYTES, nowNs));
            }
            more = data && transmissions.fill(w, nowNs);
            if (!w.isEmpty()) {
                heartbeats.sent(nowNs);
                emit();
            }
        }
    }

    /// @return false when the association ended over it
    boolean onTime(long nowNs) {
        if (transmissions.onTime(nowNs)) {
            failed();
        }
        heartbeats.onTime(nowNs);
        resets.onTime(nowNs);
        if (stuck.isStuck(context.queue.cost(), transmissions.progressNs(), nowNs)) {
            context.counters.add(SfuCounter.SCTP_STUCK);
            context.event(new SctpEvent.PeerStuck());
        }
        return !(context.state instanceof State.Ended);
    }

    long nextTimeNs() {
        long data = Math.min(tracker.nextTimeNs(), transmissions.nextTimeNs());
        long watch = Math.min(heartbeats.nextTimeNs(), resets.nextTimeNs());
        return Math.min(Math.min(data, watch), stuck.nextTimeNs(context.queue.cost(), transmissions.progressNs()));
    }
}
