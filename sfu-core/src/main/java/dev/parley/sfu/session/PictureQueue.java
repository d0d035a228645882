package dev.parley.sfu.session;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuLevel;
import dev.parley.sfu.bwe.SentKind;
import dev.parley.sfu.rtp.Rtp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What waits before one client's line because the budget does not allow it yet: packets that were asked for again,
/// then
/// pictures, each in the order of coming. Complete, but neither stamped nor encrypted. Holds one reference to each. One
/// loop only; adding and taking allocate nothing once it has grown.
///
/// When more waits behind the picture that is leaving than the line carries in the limit's time, the stream with the
/// most bytes pauses: whole pictures of it that have not begun to leave become empty packets, so that its numbers stay
/// continuous, and nothing more of it is taken (`takes`) until little waits. Then it comes back with a key frame, one
/// stream after the other.
final class PictureQueue {
    /// A stream comes back when less than this part of the limit waits.
    private static final int CALM_PART = 8;

    /// Between two streams that come back: what the first one's key frame does must have shown.
    private static final long BETWEEN_RETURNS_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Limits limits;
    private final Counters counters;
    private final ArrayDeque<Waiting> repairs = new ArrayDeque<>();
    private final ArrayDeque<Waiting> frames = new ArrayDeque<>();
    private final ArrayDeque<Waiting> free = new ArrayDeque<>();
    private final List<PacedPicture> pictures = new ArrayList<>();
    private int bytes;
    private int paused;
    /// As the counters have it.
    private int missed;

    private long nextReturnNs = Long.MIN_VALUE;

    PictureQueue(Limits limits, Counters counters) {
        this.limits = limits;
        this.counters = counters;
    }

    boolean isEmpty() {
        return repairs.isEmpty() && frames.isEmpty();
    }

    /// Whether no picture waits or pauses.
    boolean isIdle() {
        return frames.isEmpty() && paused == 0;
    }

    int bytes() {
        return bytes;
    }

    /// A place for a packet, to be filled and then added.
    Waiting place(Packet packet) {
        Waiting place = free.poll();
        if (place == null) {
            return new Waiting(packet);
        }
        place.packet = packet;
        return place;
    }

    /// Takes the packet over.
    ///
    /// @return false when there is no room for a repair; the packet is the caller's then
    boolean add(Waiting place) {
        if (place.kind == SentKind.VIDEO) {
            addPicture(place);
            return true;
        }
        return addRepair(place);
    }

    private boolean addRepair(Waiting repair) {
        if (bytes + repair.bytes > limits.sendQueueBytes()) {
            free.add(repair);
            counters.add(SfuCounter.LIMIT_SEND_QUEUE);
            return false;
        }
        bytes += repair.bytes;
        repairs.add(repair);
        return true;
    }

    private void addPicture(Waiting waiting) {
        PacedPicture picture = known(waiting.ssrc());
        picture.withinPicture = !Rtp.marker(waiting.packet);
        picture.bytes += waiting.bytes;
        bytes += waiting.bytes;
        frames.add(waiting);
    }

    /// What leaves next, or null.
    @Nullable
    Waiting first() {
        Waiting repair = repairs.peek();
        return repair == null ? frames.peek() : repair;
    }

    /// Takes the first one out: its packet is the caller's. To be given back with `leave`.
    Waiting poll() {
        Waiting next = repairs.poll();
        if (next == null) {
            next = frames.remove();
            PacedPicture picture = known(next.ssrc());
            picture.bytes -= next.bytes;
            picture.left(next);
        }
        bytes -= next.bytes;
        return next;
    }

    /// It has left: its place is free.
    void done(Waiting place) {
        free.add(place);
    }

    /// Whether this very packet waits.
    boolean holds(Packet packet) {
        for (Waiting waiting : frames) {
            if (waiting.packet == packet) {
                return true;
            }
        }
        return false;
    }

    /// Whether packets of this stream of pictures are taken. A picture of which some were is taken as a whole.
    ///
    /// @param bps what the line carries
    boolean takes(int ssrc, long bps, long nowNs) {
        if (isIdle()) {
            return true;
        }
        PacedPicture picture = known(ssrc);
        if (picture.paused()) {
            resumeIfCalm(picture, bps, nowNs);
        } else if (isFull() || (!picture.withinPicture && isLong(bps) && isLargest(picture))) {
            pause(picture, nowNs);
        }
        if (picture.paused()) {
            picture.missed(nowNs);
        }
        onTime(nowNs);
        return !picture.paused();
    }

    /// Counts how many are missed now.
    void onTime(long nowNs) {
        int now = 0;
        for (int i = 0; paused > 0 && i < pictures.size(); i++) {
            now += pictures.get(i).isMissed(nowNs) ? 1 : 0;
        }
        counters.change(SfuLevel.PAUSED_VIDEOS, now - missed);
        missed = now;
    }

    /// Gives back all that waits, as empty packets: whoever kept one finds nothing in it.
    void close() {
        for (ArrayDeque<Waiting> queue : List.of(repairs, frames)) {
            for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                waiting.packet.length(waiting.index == Waiting.SEALED ? waiting.packet.length() : 0);
                waiting.packet.release();
            }
        }
        bytes = 0;
        paused = 0;
        pictures.clear();
        onTime(Long.MAX_VALUE);
    }

    private boolean isFull() {
        return bytes > limits.sendQueueBytes();
    }

    /// Whether what waits behind the picture that is leaving takes too long.
    private boolean isLong(long bps) {
        return lasts(bytes, bps) > limits.sendQueueNs() && lasts(bytes - bytesOfFirst(), bps) > limits.sendQueueNs();
    }

    private int bytesOfFirst() {
        Waiting first = frames.peek();
        int sum = 0;
        for (Waiting waiting : frames) {
            boolean same = first != null && waiting.ssrc() == first.ssrc() && waiting.timestamp() == first.timestamp();
            sum += same ? waiting.bytes : 0;
        }
        return sum;
    }

    private static double lasts(int bytes, long bps) {
        return bytes * 8e9 / bps;
    }

    private boolean isLargest(PacedPicture picture) {
        for (int i = 0; i < pictures.size(); i++) {
            if (pictures.get(i).bytes > picture.bytes) {
                return false;
            }
        }
        return true;
    }

    private void pause(PacedPicture picture, long nowNs) {
        counters.add(SfuCounter.LIMIT_SEND_QUEUE);
        picture.pause(nowNs);
        paused++;
        for (Waiting waiting : frames) {
            if (waiting.ssrc() == picture.ssrc && !picture.hasBegun(waiting)) {
                empty(waiting, picture);
            }
        }
    }

    private void empty(Waiting waiting, PacedPicture picture) {
        int before = waiting.bytes;
        waiting.empty();
        picture.bytes -= before - waiting.bytes;
        bytes -= before - waiting.bytes;
        if (waiting.bytes < before) {
            counters.add(SfuCounter.OVER_BUDGET);
        }
    }

    private void resumeIfCalm(PacedPicture picture, long bps, long nowNs) {
        if (picture.mayResume(nowNs)
                && nowNs >= nextReturnNs
                && lasts(bytes, bps) <= limits.sendQueueNs() / (double) CALM_PART) {
            nextReturnNs = nowNs + BETWEEN_RETURNS_NS;
            picture.resume();
            paused--;
        }
    }

    private PacedPicture known(int ssrc) {
        for (int i = 0; i < pictures.size(); i++) {
            if (pictures.get(i).ssrc == ssrc) {
                return pictures.get(i);
            }
        }
        PacedPicture picture = new PacedPicture(ssrc);
        pictures.add(picture);
        return picture;
    }
}
