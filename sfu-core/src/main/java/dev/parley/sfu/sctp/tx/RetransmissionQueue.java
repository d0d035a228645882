package dev.parley.sfu.sctp.tx;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.packet.DataHeader;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.PacketWriter;
import dev.parley.sfu.sctp.packet.SackChunk;
import dev.parley.sfu.sctp.packet.Serial;
import dev.parley.sfu.sctp.packet.Tlv;
import dev.parley.sfu.sctp.tx.SentChunk.Fate;
import org.jspecify.annotations.Nullable;

/// What is under way: gives fragments their TSNs, fills packets with what is to be sent again and what is new, and
/// learns from acknowledgements and silence what was lost. One loop's thread.
///
/// A chunk is lost when three acknowledgements have reported something that left after it. RFC 9260 §7.2.4 compares
/// TSNs instead; by the order of leaving also a lost retransmission is seen, which there waits for the timer.
public final class RetransmissionQueue {
    private static final int MISSING_MAX = 3;

    /// A shift of the timeout that reaches its maximum from any value.
    private static final int BACKOFF_MAX = 8;

    /// What an acknowledgement was.
    public enum Verdict {
        TAKEN,
        OLD,
        /// It acknowledges what was never sent.
        IMPOSSIBLE
    }

    private final SendQueue queue;
    private final Outstanding outstanding;
    private final Flight flight;
    private final Abandonment abandonment;
    private final CongestionWindow window;
    private final RetransmissionTimeout timeout;
    private final Counters counters;
    private final int packetBytes;
    private final boolean interleaved;
    private final boolean partial;
    private long peerWindow;
    private long transmissions;
    private long lastSentNs = Deadlines.NEVER;
    private long progressNs;
    private long timerDueNs = Deadlines.NEVER;
    private int backoff;
    private boolean hurry;
    private boolean forwardDue;

    /// @param partial that the peer understands that messages are given up
    /// @param sendBytes the limit of the send buffer
    public RetransmissionQueue(
            SendQueue queue,
            int initialTsn,
            long peerWindow,
            int packetBytes,
            int sendBytes,
            boolean interleaved,
            boolean partial,
            Counters counters) {
        this.queue = queue;
        this.peerWindow = peerWindow;
        this.packetBytes = packetBytes;
        this.interleaved = interleaved;
        this.partial = partial;
        this.counters = counters;
        outstanding = new Outstanding(Serial.first(initialTsn));
        flight = new Flight(interleaved);
        abandonment = new Abandonment(queue, outstanding, flight);
        window = new CongestionWindow(packetBytes, sendBytes);
        timeout = new RetransmissionTimeout();
        queue.interleaved(interleaved);
    }

    public RetransmissionTimeout timeout() {
        return timeout;
    }

    /// The last TSN that was given.
    public int lastTsn() {
        return (int) (outstanding.next() - 1);
    }

    public boolean isIdle() {
        return outstanding.isEmpty() && queue.isEmpty();
    }

    public long windowBytes() {
        return window.bytes();
    }

    public long flightBytes() {
        return flight.bytes();
    }

    /// When something last arrived at the peer, or when the first thing left after a time without any.
    public long progressNs() {
        return progressNs;
    }

    public long nextTimeNs() {
        return timerDueNs;
    }

    // ---- sending ----

    public boolean forwardDue() {
        return forwardDue && abandonment.isDue();
    }

    /// What the peer need not wait for.
    public ForwardTsnChunk forward(int room, long nowNs) {
        forwardDue = false;
        startTimer(nowNs);
        return abandonment.forward(room);
    }

    /// Adds to the packet what fits it and the windows; false when nothing did.
    public boolean fill(PacketWriter w, long nowNs) {
        if (lastSentNs != Deadlines.NEVER && outstanding.isEmpty() && nowNs - lastSentNs > timeout.timeoutNs()) {
            window.idle();
            lastSentNs = nowNs;
        }
        boolean again = flight.toResend() > 0 && resend(w, nowNs);
        return sendNew(w, nowNs) || again;
    }

    private boolean resend(PacketWriter w, long nowNs) {
        boolean any = false;
        for (long tsn = outstanding.first(); tsn < outstanding.next() && flight.toResend() > 0; tsn++) {
            SentChunk chunk = outstanding.get(tsn);
            if (chunk == null || chunk.fate != Fate.TO_RESEND || gaveUp(chunk, nowNs)) {
                continue;
            }
            if ((!hurry && flight.bytes() >= window.bytes()) || w.room() < flight.size(chunk)) {
                break;
            }
            flight.change(chunk, Fate.IN_FLIGHT);
            counters.add(SfuCounter.SCTP_RETRANSMITTED);
            write(w, chunk, false, nowNs);
            any = true;
        }
        hurry &= !any;
        return any;
    }

    private boolean sendNew(PacketWriter w, long nowNs) {
        boolean any = false;
        for (@Nullable OutgoingMessage m = queue.next(nowNs); m != null; m = queue.next(nowNs)) {
            if (partial && m.begun() && m.expired(nowNs)) {
                abandon(m);
                continue;
            }
            int bytes = fragmentBytes(m, w);
            if (bytes == 0 || flight.bytes() >= window.bytes() || !peerTakes(bytes)) {
                break;
            }
            sendFragment(w, m, bytes, nowNs);
            any = true;
        }
        return any;
    }

    /// A closed window is probed with one chunk, RFC 9260 §6.1.
    private boolean peerTakes(int bytes) {
        return bytes <= peerWindow || (flight.bytes() == 0 && flight.toResend() == 0);
    }

    /// The rest of the message, or what fits; small pieces are not cut off to fill a packet.
    private int fragmentBytes(OutgoingMessage m, PacketWriter w) {
        int room = (w.room() - DataHeader.bytes(interleaved)) & ~3;
        if (m.unsentBytes() <= room) {
            return m.unsentBytes();
        }
        return room < packetBytes / 2 ? 0 : room;
    }

    private void sendFragment(PacketWriter w, OutgoingMessage m, int bytes, long nowNs) {
        long tsn = outstanding.next();
        SentChunk chunk = new SentChunk(tsn, m, m.sentBytes, bytes, m.fragments);
        if (!m.begun()) {
            m.firstTsn = tsn;
        }
        m.lastTsn = tsn;
        m.unsettled++;
        if (outstanding.isEmpty()) {
            progressNs = nowNs;
        }
        outstanding.add(chunk);
        queue.sent(m, bytes);
        flight.began(chunk);
        peerWindow = Math.max(0, peerWindow - bytes);
        write(w, chunk, queue.isEmpty(), nowNs);
    }

    private void write(PacketWriter w, SentChunk chunk, boolean immediate, long nowNs) {
        chunk.transmissions++;
        chunk.missing = 0;
        chunk.sentNs = nowNs;
        chunk.order = transmissions++;
        lastSentNs = nowNs;
        chunk.header(interleaved, immediate).write(w.raw(), chunk.length);
        chunk.message.payload.write(w.raw(), chunk.from, chunk.length);
        Tlv.align(w.raw());
        startTimer(nowNs);
    }

    // ---- acknowledgements ----

    public Verdict onSack(SackChunk sack, long nowNs) {
        if (!SackReading.isPossible(sack, outstanding)) {
            return Verdict.IMPOSSIBLE;
        }
        long cumulative = Serial.near(outstanding.first() - 1, sack.cumulativeTsn());
        if (cumulative < outstanding.first() - 1) {
            return Verdict.OLD;
        }
        boolean wasUsed = flight.bytes() + packetBytes >= window.bytes();
        SackReading reading = new SackReading(outstanding, flight, queue);
        reading.cumulative(cumulative);
        reading.gaps(cumulative, sack.gaps());
        learn(reading, wasUsed, nowNs);
        window.cumulative(cumulative);
        if (sack.gaps().length > 0 || window.isRecovering()) {
            detectLosses(reading, nowNs);
        }
        takenBack();
        peerWindow = Math.max(0, sack.window() - flight.bytes());
        forwardDue = abandonment.isDue();
        timerAfter(reading, nowNs);
        return Verdict.TAKEN;
    }

    /// What a SHUTDOWN says: like an acknowledgement without gaps, which leaves the window as it is.
    public Verdict onCumulative(int tsn, long nowNs) {
        return onSack(new SackChunk(tsn, peerWindow + flight.bytes(), new int[0], new int[0]), nowNs);
    }

    private void learn(SackReading reading, boolean wasUsed, long nowNs) {
        SentChunk newest = reading.newest;
        if (newest != null) {
            progressNs = nowNs;
            if (newest.transmissions == 1) {
                timeout.observe(nowNs - newest.sentNs);
            }
        }
        if (reading.advanced) {
            backoff = 0;
        }
        window.acknowledged(reading.ackedBytes, reading.advanced, wasUsed);
    }

    private void detectLosses(SackReading reading, long nowNs) {
        SentChunk newest = reading.newest;
        if (newest == null) {
            return;
        }
        boolean lost = false;
        for (long tsn = outstanding.first(); tsn < outstanding.next(); tsn++) {
            SentChunk chunk = outstanding.get(tsn);
            if (chunk != null && chunk.isInFlight() && chunk.order < newest.order && ++chunk.missing >= MISSING_MAX) {
                flight.change(chunk, Fate.TO_RESEND);
                gaveUp(chunk, nowNs);
                lost = true;
            }
        }
        if (lost && window.lost(outstanding.next() - 1)) {
            hurry = true;
        }
    }

    /// A peer short of memory may drop what it had acknowledged beyond a gap: then the gap never closes.
    private void takenBack() {
        SentChunk first = outstanding.get(outstanding.first());
        if (first != null && first.fate == Fate.ACKNOWLEDGED) {
            flight.change(first, Fate.TO_RESEND);
        }
    }

    private boolean gaveUp(SentChunk chunk, long nowNs) {
        if (!partial || chunk.mayBeSentAgain(nowNs)) {
            return false;
        }
        abandon(chunk.message);
        return true;
    }

    private void abandon(OutgoingMessage message) {
        abandonment.abandon(message);
        forwardDue = true;
    }

    // ---- the timer T3 ----

    private void startTimer(long nowNs) {
        if (timerDueNs == Deadlines.NEVER) {
            timerDueNs = nowNs + currentTimeoutNs();
        }
    }

    private void timerAfter(SackReading reading, long nowNs) {
        if (outstanding.isEmpty()) {
            timerDueNs = Deadlines.NEVER;
        } else if (reading.advanced) {
            timerDueNs = nowNs + currentTimeoutNs();
        }
    }

    private long currentTimeoutNs() {
        return Math.min(timeout.timeoutNs() << backoff, RetransmissionTimeout.MOST_NS);
    }

    /// True when the timer has expired: nothing that is under way is believed to arrive any more.
    public boolean onTime(long nowNs) {
        if (nowNs < timerDueNs) {
            return false;
        }
        backoff = Math.min(backoff + 1, BACKOFF_MAX);
        window.timedOut();
        for (long tsn = outstanding.first(); tsn < outstanding.next(); tsn++) {
            SentChunk chunk = outstanding.get(tsn);
            if (chunk != null && chunk.isInFlight()) {
                flight.change(chunk, Fate.TO_RESEND);
                gaveUp(chunk, nowNs);
            }
        }
        forwardDue = true;
        timerDueNs = outstanding.isEmpty() ? Deadlines.NEVER : nowNs + currentTimeoutNs();
        return true;
    }
}
