package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.sctp.SctpEnd.Reason;
import dev.parley.sfu.sctp.packet.AbortChunk;
import dev.parley.sfu.sctp.packet.Checksum;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.ChunkReader;
import dev.parley.sfu.sctp.packet.CookieAckChunk;
import dev.parley.sfu.sctp.packet.CookieEchoChunk;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.ErrorCause;
import dev.parley.sfu.sctp.packet.ErrorChunk;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.HeartbeatChunk;
import dev.parley.sfu.sctp.packet.InitChunk;
import dev.parley.sfu.sctp.packet.PacketHeader;
import dev.parley.sfu.sctp.packet.Payload;
import dev.parley.sfu.sctp.packet.ReconfigChunk;
import dev.parley.sfu.sctp.packet.SackChunk;
import dev.parley.sfu.sctp.packet.ShutdownAckChunk;
import dev.parley.sfu.sctp.packet.ShutdownChunk;
import dev.parley.sfu.sctp.packet.ShutdownCompleteChunk;
import dev.parley.sfu.sctp.packet.UnknownChunk;
import dev.parley.sfu.sctp.tx.OutgoingMessage;
import org.jspecify.annotations.Nullable;

/// One end of an SCTP association that something else carries and authenticates
/// ([RFC 9260](https://www.rfc-editor.org/rfc/rfc9260), [RFC 8261](https://www.rfc-editor.org/rfc/rfc8261)): packets
/// and time in, packets to an [SctpOutput] and events to be polled out. No packet makes it throw. One loop's thread.
public final class SctpAssociation {
    private final Context context;
    private final Handshake handshake;
    private final Goodbye goodbye;
    private final Checksum checksum = new Checksum();

    /// @param rng tags and cookies come from it: a secure one wherever a peer is not trusted
    public SctpAssociation(SctpSettings settings, SctpOutput output, Counters counters, Rng rng) {
        context = new Context(settings, output, counters, rng);
        handshake = new Handshake(context);
        goodbye = new Goodbye(context);
    }

    // ---- what the owner wants ----

    /// Begins, unless the peer has begun already; both may.
    public void connect(long nowNs) {
        if (context.state instanceof State.Closed) {
            handshake.connect(nowNs);
        }
    }

    /// Queues a message and sends as much as the windows allow. The bytes must not change any more.
    ///
    /// @param ppid what kind of message it is, in the peer's eyes
    public SendResult send(int stream, int ppid, Payload payload, Reliability reliability, long nowNs) {
        if (!context.state.takesMessages()) {
            return SendResult.CLOSED;
        }
        if (payload.length() == 0 || payload.length() > context.settings.peerMessageBytesMax()) {
            return SendResult.TOO_LONG;
        }
        OutgoingMessage message = new OutgoingMessage(
                stream,
                ppid,
                payload,
                !reliability.ordered(),
                reliability.retransmissionsMax(),
                reliability.expiresNs(nowNs));
        if (!context.queue.add(message, nowNs)) {
            full(nowNs);
            return SendResult.FULL;
        }
        flush(nowNs);
        return SendResult.QUEUED;
    }

    private void full(long nowNs) {
        context.counters.add(SfuCounter.LIMIT_SCTP_SEND);
        Tcb tcb = context.state.block();
        if (tcb != null) {
            tcb.stuck.refused(nowNs);
        }
    }

    /// Begins again on a stream when all that waits there has left; nothing may be sent on it until
    /// [SctpEvent.OutgoingReset].
    public void resetStream(int stream, long nowNs) {
        Tcb tcb = context.state.block();
        if (tcb != null) {
            tcb.resets.reset(stream);
            flush(nowNs);
        }
    }

    /// The peer does what it may only do after the reset that it was asked for, whose answer is late or lost: there
    /// will
    /// be no [SctpEvent.OutgoingReset]. False when no such request is out.
    boolean wasReset(int stream) {
        Tcb tcb = context.state.block();
        return tcb != null && tcb.resets.wasReset(stream);
    }

    /// Shares are as priorities; 256 is the one of a stream whose priority nobody said (RFC 8831 §6.4).
    public void priority(int stream, int priority) {
        context.queue.priority(stream, priority);
    }

    /// [SctpEvent.BufferedAmountLow] is told when what has not left falls to this.
    public void lowThreshold(int stream, long bytes) {
        context.queue.lowThreshold(stream, bytes);
    }

    /// Bytes of a stream that have not left yet.
    public long buffered(int stream) {
        return context.queue.unsentBytes(stream);
    }

    /// Bytes of all streams that have not left yet.
    public long buffered() {
        return context.queue.unsentBytes();
    }

    /// Memory of all messages that have not arrived, as far as is known.
    public long heldBytes() {
        return context.queue.cost();
    }

    /// Memory of fragments that wait for the rest of their messages, or for earlier ones.
    public long heldFragmentBytes() {
        Tcb tcb = context.state.block();
        return tcb == null ? 0 : tcb.reassembly.cost();
    }

    /// For logs and tests.
    String stateName() {
        return context.state.getClass().getSimpleName();
    }

    /// Ends when all that waits on both sides has arrived.
    public void shutdown(long nowNs) {
        switch (context.state) {
            case State.Established _ -> goodbye.shutdown(nowNs);
            case State.Closed _, State.CookieWait _, State.CookieEchoed _ -> abort("");
            default -> {}
        }
    }

    /// Ends at once.
    public void abort(String why) {
        Tcb tcb = context.state.block();
        if (tcb != null) {
            context.abort(tcb.theirTag, Reason.ABORTED, ErrorCause.of(ErrorCause.USER_ABORT, why));
        } else if (!(context.state instanceof State.Ended)) {
            context.end(Reason.ABORTED, why);
        }
    }

    /// The next thing to know, or null.
    public @Nullable SctpEvent poll() {
        return context.events.poll();
    }

    /// That streams can be reset, which both ends must understand.
    public boolean canReset() {
        Tcb tcb = context.state.block();
        return tcb != null && tcb.capabilities.reconfig();
    }

    public boolean isEstablished() {
        return context.state instanceof State.Established;
    }

    // ---- time ----

    /// `Deadlines.NEVER` when nothing is due.
    public long nextTimeNs() {
        Tcb tcb = context.state.connected();
        long own = context.state.timerNs();
        return tcb == null ? own : Math.min(own, tcb.nextTimeNs());
    }

    public void onTime(long nowNs) {
        handshake.onTime(nowNs);
        goodbye.onTime(nowNs);
        Tcb tcb = context.state.connected();
        if (tcb != null && tcb.onTime(nowNs)) {
            flush(nowNs);
        }
    }

    private void flush(long nowNs) {
        Tcb tcb = context.state.connected();
        if (tcb != null) {
            tcb.flush(context.state.sends(), nowNs);
            goodbye.advance(nowNs);
        }
    }

    // ---- packets ----

    /// Takes one packet. The bytes are the caller's again after the call.
    public void receive(byte[] array, int offset, int length, long nowNs) {
        WireReader reader = WireReader.of(array, offset, length);
        PacketHeader header = PacketHeader.parse(reader);
        if (header == null || !isOurs(header)) {
            context.counters.add(SfuCounter.SCTP_MALFORMED);
        } else if (!isIntact(header, array, offset, length)) {
            context.counters.add(SfuCounter.SCTP_CHECKSUM);
        } else {
            context.counters.add(SfuCounter.SCTP_RECEIVED);
            chunks(new ChunkReader(reader), header, nowNs);
        }
    }

    private boolean isOurs(PacketHeader header) {
        return header.sourcePort() == context.settings.peerPort()
                && header.destinationPort() == context.settings.port();
    }

    /// Whoever announced that it takes packets without a checksum takes them, RFC 9653 §5.3.
    private boolean isIntact(PacketHeader header, byte[] array, int offset, int length) {
        return (header.checksum() == 0 && context.settings.zeroChecksum())
                || header.checksum() == checksum.of(array, offset, length);
    }

    private void chunks(ChunkReader reader, PacketHeader header, long nowNs) {
        Chunk chunk = reader.next();
        if (chunk instanceof InitChunk init && !init.ack() && header.verificationTag() == 0) {
            handshake.onInit(init, nowNs);
            return;
        }
        while (chunk != null && take(chunk, header, nowNs)) {
            chunk = reader.next();
        }
        if (reader.malformed()) {
            context.counters.add(SfuCounter.SCTP_MALFORMED);
        }
        Tcb tcb = context.state.block();
        goodbye.packetEnded();
        if (tcb != null) {
            tcb.tracker.packetEnded(nowNs);
            flush(nowNs);
        }
    }

    /// False when the rest of the packet is not to be read.
    private boolean take(Chunk chunk, PacketHeader header, long nowNs) {
        if (context.state instanceof State.Ended || context.state instanceof State.Closed) {
            goodbye.answerLate(chunk, header.verificationTag());
        }
        if (chunk instanceof CookieEchoChunk echo) {
            return handshake.onCookieEcho(echo, header, nowNs);
        }
        if (!isTagged(chunk, header.verificationTag())) {
            context.counters.add(SfuCounter.SCTP_TAG);
            return false;
        }
        Tcb tcb = context.state.block();
        if (tcb != null) {
            tcb.stuck.heard(nowNs);
            return connected(chunk, tcb, nowNs) && !(context.state instanceof State.Ended);
        }
        return unconnected(chunk, nowNs);
    }

    /// Who knows our tag is the peer, [RFC 9260 §8.5](https://www.rfc-editor.org/rfc/rfc9260#section-8.5).
    private boolean isTagged(Chunk chunk, int tag) {
        Tcb tcb = context.state.block();
        if (tcb == null) {
            return context.state instanceof State.CookieWait wait && tag == wait.ourTag();
        }
        boolean reflected = (chunk instanceof AbortChunk abort && abort.reflected())
                || (chunk instanceof ShutdownCompleteChunk complete && complete.reflected());
        return tag == (reflected ? tcb.theirTag : tcb.ourTag);
    }

    private boolean unconnected(Chunk chunk, long nowNs) {
        switch (chunk) {
            case InitChunk ack -> handshake.onInitAck(ack, nowNs);
            case AbortChunk abort -> peerAborted(abort);
            default -> context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        }
        return false;
    }

    private boolean connected(Chunk chunk, Tcb tcb, long nowNs) {
        switch (chunk) {
            case DataChunk data -> data(tcb, data, nowNs);
            case SackChunk sack -> tcb.onSack(sack, nowNs);
            case ForwardTsnChunk forward -> forward(tcb, forward);
            case HeartbeatChunk heartbeat -> heartbeat(tcb, heartbeat, nowNs);
            case ReconfigChunk reconfig -> tcb.resets.onReconfig(reconfig);
            case CookieAckChunk _ -> handshake.onCookieAck();
            case ShutdownChunk shutdown -> goodbye.onShutdown(shutdown, nowNs);
            case ShutdownAckChunk _ -> goodbye.onShutdownAck();
            case ShutdownCompleteChunk _ -> goodbye.onShutdownComplete();
            case AbortChunk abort -> peerAborted(abort);
            case ErrorChunk error -> error(error);
            case UnknownChunk unknown -> {
                return unknown(tcb, unknown, nowNs);
            }
            case InitChunk _, CookieEchoChunk _ -> context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        }
        return true;
    }

    private void data(Tcb tcb, DataChunk data, long nowNs) {
        if (context.state.receives()) {
            tcb.onData(data, nowNs);
            goodbye.dataCame();
        } else {
            context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        }
    }

    private void forward(Tcb tcb, ForwardTsnChunk forward) {
        if (context.state.receives()) {
            tcb.onForwardTsn(forward);
            goodbye.dataCame();
        } else {
            context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        }
    }

    private void heartbeat(Tcb tcb, HeartbeatChunk heartbeat, long nowNs) {
        if (heartbeat.ack()) {
            tcb.heartbeats.onAnswer(heartbeat, nowNs);
        } else {
            tcb.heartbeats.onHeartbeat(heartbeat, nowNs);
        }
    }

    private void peerAborted(AbortChunk abort) {
        String why = abort.causes().isEmpty() ? "" : abort.causes().getFirst().text();
        context.end(Reason.PEER_ABORTED, why);
    }

    private void error(ErrorChunk error) {
        for (ErrorCause cause : error.causes()) {
            if (cause.code() == ErrorCause.STALE_COOKIE) {
                handshake.onStaleCookie();
            }
        }
    }

    private boolean unknown(Tcb tcb, UnknownChunk unknown, long nowNs) {
        context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        if (unknown.isReported()) {
            tcb.complain(new ErrorCause(ErrorCause.UNRECOGNIZED_CHUNK, head(unknown)), nowNs);
        }
        return unknown.isSkipped();
    }

    /// Its first bytes are enough to recognize it.
    private static byte[] head(UnknownChunk unknown) {
        return new byte[] {(byte) unknown.type(), (byte) unknown.flags(), 0, Chunk.HEADER_BYTES};
    }
}
