package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.packet.PacketWriter;
import dev.parley.sfu.sctp.packet.ReconfigChunk;
import dev.parley.sfu.sctp.packet.ReconfigParameter;
import dev.parley.sfu.sctp.packet.ReconfigParameter.IncomingReset;
import dev.parley.sfu.sctp.packet.ReconfigParameter.OtherRequest;
import dev.parley.sfu.sctp.packet.ReconfigParameter.OutgoingReset;
import dev.parley.sfu.sctp.packet.ReconfigParameter.Response;
import dev.parley.sfu.sctp.rx.DataTracker;
import dev.parley.sfu.sctp.tx.RetransmissionTimeout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Streams that begin again, which is how data channels are closed,
/// [RFC 6525](https://www.rfc-editor.org/rfc/rfc6525). One request at a time in each direction. One loop's thread.
final class StreamResets {
    private static final int NOTHING_TO_DO = 0;
    private static final int PERFORMED = 1;
    private static final int DENIED = 2;
    private static final int WRONG_STREAM = 3;
    private static final int BAD_NUMBER = 5;
    private static final int IN_PROGRESS = 6;

    /// As many as a packet holds with room to spare.
    private static final int STREAMS_PER_REQUEST_MAX = 256;

    private static final int REQUEST_BYTES = 4 + 16 + 2 * STREAMS_PER_REQUEST_MAX + 2;

    /// A chunk holds two; what a packet asks beyond that it may ask again.
    private static final int ANSWERS_MAX = 2;

    private final Tcb tcb;
    private final BitSet wanted = new BitSet();

    // Ours: the request that is out, its streams of which nothing is known yet, and when it is repeated.
    private @Nullable OutgoingReset request;
    private final BitSet unanswered = new BitSet();
    private RepeatTimer timer = RepeatTimer.stopped();
    private boolean requestDue;
    private int nextNumber;

    // Theirs: what was answered last, and what waits until its data has come.
    private int expectedNumber;
    private int lastResult = NOTHING_TO_DO;
    private final List<ReconfigParameter> answers = new ArrayList<>(ANSWERS_MAX);
    private final BitSet deferred = new BitSet();
    private long deferredTsn = Deadlines.NEVER;

    StreamResets(Tcb tcb, int ourTsn, int theirTsn) {
        this.tcb = tcb;
        nextNumber = ourTsn;
        expectedNumber = theirTsn;
    }

    // ---- our streams ----

    /// Begins again on a stream as soon as all that waits on it has left.
    void reset(int stream) {
        if (tcb.capabilities.reconfig()) {
            wanted.set(stream);
        } else {
            tcb.context.event(new SctpEvent.OutgoingReset(stream));
        }
    }

    boolean isIdle() {
        return request == null && wanted.isEmpty();
    }

    /// Adds answers, and a request that is due, new or again.
    void add(PacketWriter w, long nowNs) {
        if (!answers.isEmpty()) {
            w.add(new ReconfigChunk(List.copyOf(answers)));
            answers.clear();
        }
        if (request == null && !wanted.isEmpty()) {
            request = next(nowNs);
            requestDue = request != null;
        }
        if (requestDue && request != null && w.room() >= REQUEST_BYTES) {
            requestDue = false;
            w.add(new ReconfigChunk(List.of(request)));
        }
    }

    private @Nullable OutgoingReset next(long nowNs) {
        int[] streams = wanted.stream()
                .filter(tcb.context.queue::isEmpty)
                .limit(STREAMS_PER_REQUEST_MAX)
                .toArray();
        if (streams.length == 0) {
            return null;
        }
        for (int stream : streams) {
            wanted.clear(stream);
            unanswered.set(stream);
        }
        timer = new RepeatTimer(
                tcb.transmissions.timeout().timeoutNs(), RetransmissionTimeout.MOST_NS, Integer.MAX_VALUE, nowNs);
        return new OutgoingReset(nextNumber++, expectedNumber - 1, tcb.transmissions.lastTsn(), streams);
    }

    private void onResponse(Response response) {
        OutgoingReset asked = request;
        if (asked == null || response.requestNumber() != asked.requestNumber()) {
            return;
        }
        tcb.alive();
        if (response.result() != IN_PROGRESS) {
            request = null;
            timer = RepeatTimer.stopped();
            for (int stream : asked.streams()) {
                if (wasReset(stream)) {
                    tcb.context.event(new SctpEvent.OutgoingReset(stream));
                }
            }
        }
    }

    /// The peer has performed a reset, as its answer says, or what it does while the answer is late or lost. False when
    /// that was known, or nothing was asked.
    boolean wasReset(int stream) {
        boolean news = unanswered.get(stream);
        if (news) {
            unanswered.clear(stream);
            tcb.context.queue.reset(stream);
        }
        return news;
    }

    // ---- their streams ----

    void onReconfig(ReconfigChunk chunk) {
        for (ReconfigParameter parameter : chunk.parameters()) {
            switch (parameter) {
                case Response response -> onResponse(response);
                case OutgoingReset reset -> answer(reset.requestNumber(), take(reset));
                case IncomingReset reset -> answer(reset.requestNumber(), number(reset.requestNumber(), NOTHING_TO_DO));
                case OtherRequest other -> answer(other.requestNumber(), number(other.requestNumber(), DENIED));
            }
        }
    }

    private void answer(int requestNumber, int result) {
        if (answers.size() < ANSWERS_MAX) {
            answers.add(new Response(requestNumber, result));
        }
    }

    /// The result of a request that changes nothing here, unless its number is wrong or it was answered before.
    private int number(int requestNumber, int result) {
        if (requestNumber == expectedNumber) {
            expectedNumber++;
            lastResult = result;
            return result;
        }
        if (requestNumber == expectedNumber - 1) {
            return lastResult;
        }
        tcb.context.counters.add(SfuCounter.SCTP_UNEXPECTED);
        return BAD_NUMBER;
    }

    private int take(OutgoingReset reset) {
        if (reset.requestNumber() != expectedNumber) {
            return number(reset.requestNumber(), NOTHING_TO_DO);
        }
        for (int stream : reset.streams()) {
            if (stream >= tcb.incomingStreams) {
                return number(reset.requestNumber(), WRONG_STREAM);
            }
        }
        if (tcb.tracker.tsnIndex(reset.lastTsn()) > tcb.tracker.cumulative() + DataTracker.AHEAD_MAX) {
            tcb.violation("reset behind what can have been sent");
            return number(reset.requestNumber(), DENIED);
        }
        defer(reset);
        number(reset.requestNumber(), IN_PROGRESS);
        performDeferred();
        return lastResult;
    }

    private void defer(OutgoingReset reset) {
        int[] streams = reset.streams().length == 0 ? tcb.reassembly.knownStreams() : reset.streams();
        for (int stream : streams) {
            deferred.set(stream);
        }
        long tsn = tcb.tracker.tsnIndex(reset.lastTsn());
        deferredTsn = deferredTsn == Deadlines.NEVER ? tsn : Math.max(deferredTsn, tsn);
    }

    /// Everything up to the cumulative TSN has come and was delivered.
    void onCumulative() {
        if (deferredTsn != Deadlines.NEVER) {
            performDeferred();
        }
    }

    private void performDeferred() {
        if (deferredTsn > tcb.tracker.cumulative()) {
            return;
        }
        deferredTsn = Deadlines.NEVER;
        lastResult = PERFORMED;
        for (int stream = deferred.nextSetBit(0); stream >= 0; stream = deferred.nextSetBit(stream + 1)) {
            tcb.reassembly.reset(stream);
            tcb.context.event(new SctpEvent.IncomingReset(stream));
        }
        deferred.clear();
    }

    // ---- time ----

    /// Data that is not acknowledged either is counted already: both together would end an association in half the
    /// time.
    void onTime(long nowNs) {
        if (timer.fires(nowNs)) {
            requestDue = true;
            if (tcb.transmissions.isIdle()) {
                tcb.failed();
            }
        }
    }

    long nextTimeNs() {
        return timer.nextTimeNs();
    }
}
