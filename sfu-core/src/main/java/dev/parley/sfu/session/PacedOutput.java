package dev.parley.sfu.session;

import dev.parley.sfu.base.DelayHistogram;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.bwe.SentKind;
import dev.parley.sfu.media.Purpose;
import dev.parley.sfu.rtp.RtpHeaderWriter;

/// The way of RTP out of a session. Voices and probes leave at once; pictures and repairs leave at once as long as the
/// budget allows, else they wait. What leaves is stamped, encrypted and told to the budget at that moment, so that
/// transport-wide numbers are in the order of leaving. On the session's loop.
final class PacedOutput {
    /// What waits leaves in steps of so much of the line: a few packets for one waking up.
    private static final long STEP_NS = 5_000_000;

    private static final int NUMBERS = 0xffff;

    /// What encrypts and sends: the session's way.
    interface Way {
        boolean canSend();

        /// Whether packets of this stream of pictures are taken now.
        boolean takes(int ssrc);

        /// Encrypts and sends. Takes over `out`.
        ///
        /// @return false when it was not sent
        boolean sendRtp(Packet out, int headerLength, long index, Packet source, int from, int count);

        /// Sends what is encrypted already. Takes over the packet.
        void sendOnSelected(Packet packet);

        Flow.Protocol protocol();

        /// Bytes that encryption adds.
        int rtpOverheadBytes();
    }

    private final Runnable due;
    private final Way way;
    private final SendBudget budget;
    private final Loop loop;
    private final PictureQueue waiting;
    private final DelayHistogram delays;
    private int nextNumber;

    /// @param due called when `nextTimeNs` may have come nearer
    PacedOutput(Way way, SendBudget budget, Loop loop, Limits limits, Runnable due) {
        this.due = due;
        this.way = way;
        this.budget = budget;
        this.loop = loop;
        this.waiting = new PictureQueue(limits, loop.counters());
        this.delays = loop.counters().delays(SfuDelay.PACING);
    }

    /// As `MediaSink.sendRtp`.
    boolean send(Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose) {
        SentKind kind = kind(out, purpose);
        int bytes = out.length() + count + way.rtpOverheadBytes();
        long nowNs = loop.nowNs();
        boolean now = !waits(kind) || (waiting.isEmpty() && allows(bytes, nowNs));
        if (!now && way.canSend() && bytes <= out.capacity()) {
            System.arraycopy(source.array(), from, out.array(), out.length(), count);
            out.length(out.length() + count);
            Waiting place = place(out, bytes, kind, nowNs);
            place.index = index;
            place.written(header);
            return await(place);
        }
        int transportCcAt = header.transportCcAt();
        RtpHeaderWriter.stamp(out, transportCcAt, nextNumber, header.absSendTimeAt(), nowNs);
        boolean sent = way.sendRtp(out, header.length(), index, source, from, count);
        if (sent) {
            left(transportCcAt, bytes, kind, nowNs);
        }
        return sent;
    }

    /// Sends a datagram once more, as it is. Takes over one reference.
    void sendAgain(Packet datagram) {
        long nowNs = loop.nowNs();
        int bytes = datagram.length();
        if (bytes == 0 || waiting.holds(datagram)) {
            datagram.release(); // it has not left yet, or never will
        } else if (waiting.isEmpty() && allows(bytes, nowNs)) {
            budget.sent(SendBudget.NO_NUMBER, bytes, SentKind.RTX, nowNs);
            way.sendOnSelected(datagram);
        } else {
            Waiting place = place(datagram, bytes, SentKind.RTX, nowNs);
            place.index = Waiting.SEALED;
            await(place);
        }
    }

    /// A connection has a queue of its own, and its delays say nothing of what it carries.
    private boolean allows(int bytes, long nowNs) {
        return budget.allows(bytes, nowNs) || way.protocol() == Flow.Protocol.TCP;
    }

    private static SentKind kind(Packet out, Purpose purpose) {
        return switch (purpose) {
            case MEDIA -> out.media() == MediaKind.AUDIO ? SentKind.AUDIO : SentKind.VIDEO;
            case REPAIR -> out.media() == MediaKind.AUDIO ? SentKind.AUDIO : SentKind.RTX;
            case PADDING -> SentKind.PADDING;
        };
    }

    private static boolean waits(SentKind kind) {
        return kind == SentKind.VIDEO || kind == SentKind.RTX;
    }

    private Waiting place(Packet packet, int bytes, SentKind kind, long nowNs) {
        Waiting place = waiting.place(packet);
        place.bytes = bytes;
        place.kind = kind;
        place.sinceNs = nowNs;
        return place;
    }

    private boolean await(Waiting place) {
        if (waiting.isEmpty()) {
            due.run();
        }
        boolean added = waiting.add(place);
        if (!added) {
            place.packet.release();
        }
        return added;
    }

    private void left(int transportCcAt, int bytes, SentKind kind, long nowNs) {
        int number = transportCcAt < 0 ? SendBudget.NO_NUMBER : nextNumber;
        nextNumber = transportCcAt < 0 ? nextNumber : nextNumber + 1 & NUMBERS;
        if (budget.sent(number, bytes, kind, nowNs)) {
            due.run();
        }
    }

    /// Whether packets of this stream of pictures are taken now.
    boolean takes(int ssrc) {
        return way.takes(ssrc)
                && (waiting.isIdle() || waiting.takes(ssrc, budget.estimateBps(loop.nowNs()), loop.nowNs()));
    }

    /// What waits leaves as far as the budget allows.
    void onTime(long nowNs) {
        if (!waiting.isEmpty() && !way.canSend()) {
            waiting.close();
        }
        for (Waiting next = waiting.first(); next != null && allows(next.bytes, nowNs); next = waiting.first()) {
            leave(waiting.poll(), nowNs);
        }
        waiting.onTime(nowNs);
    }

    private void leave(Waiting place, long nowNs) {
        delays.observe(nowNs - place.sinceNs);
        if (place.index == Waiting.SEALED) {
            budget.sent(SendBudget.NO_NUMBER, place.bytes, SentKind.RTX, nowNs);
            way.sendOnSelected(place.packet);
        } else {
            Packet out = place.packet;
            RtpHeaderWriter.stamp(out, place.transportCcAt, nextNumber, place.absSendTimeAt, nowNs);
            if (way.sendRtp(out, place.headerLength, place.index, out, 0, 0)) {
                left(place.transportCcAt, place.bytes, place.kind, nowNs);
            }
        }
        waiting.done(place);
    }

    long nextTimeNs() {
        long nowNs = loop.nowNs();
        Waiting first = waiting.first();
        if (first == null) {
            return budget.nextTimeNs(nowNs);
        }
        if (way.protocol() == Flow.Protocol.TCP) {
            return nowNs;
        }
        int step = (int) Math.max(first.bytes, budget.estimateBps(nowNs) / 8 * STEP_NS / 1_000_000_000);
        return Math.min(budget.nextTimeNs(nowNs), budget.allowedAtNs(step, nowNs));
    }

    void close() {
        waiting.close();
        budget.close();
    }
}
