package dev.parley.sfu.stream;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What waits before a connection that takes less than is sent. One loop only.
///
/// Answers to checks, handshakes and RTCP leave first, then voices, then pictures. When more than the limits would
/// wait, or anything for too long, pictures give way: of the stream with the most bytes all frames are dropped that
/// have not begun to leave, and it is closed for a while (`takes`), so that it comes back with a key frame and
/// continuous numbers. One stream gives way early, when half of the time has passed, so that not all have to later;
/// and they come back one after the other. A frame leaves whole or not at all; one that has begun is finished unless
/// it waited too long. Voices are dropped last, the oldest packet first.
public final class FrameQueue {
    /// A stream of pictures comes back when less than this part of the bytes waits.
    private static final int CALM_PART = 8;

    /// Between two streams that come back: what the first one's key frame does must have shown.
    private static final long BETWEEN_RETURNS_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /// Between two streams that give way early.
    private static final long BETWEEN_CUTS_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Limits limits;
    private final Counters counters;
    private final PacketRing control = new PacketRing();
    private final PacketRing voices = new PacketRing();
    private final PacketRing frames = new PacketRing();
    private final List<Picture> pictures = new ArrayList<>();
    private @Nullable Picture lastFound;
    private int bytes;
    /// As the counters have it.
    private int missed;

    private long nextCutNs = Long.MIN_VALUE;
    private long nextReturnNs = Long.MIN_VALUE;

    public FrameQueue(Limits limits, Counters counters) {
        this.limits = limits;
        this.counters = counters;
    }

    /// With the lengths before the packets.
    public int bytes() {
        return bytes;
    }

    public int packets() {
        return control.size() + voices.size() + frames.size();
    }

    public boolean isEmpty() {
        return packets() == 0;
    }

    /// Takes the packet over. One that finds no room is dropped and counted.
    public void add(Packet packet, long nowNs) {
        expire(nowNs);
        MediaKind kind = packet.media();
        if (kind == MediaKind.VIDEO) {
            relieve(nowNs);
            addPicture(packet, nowNs);
        } else if (makeRoom(size(packet), true, nowNs)) {
            bytes += size(packet);
            (kind == MediaKind.AUDIO ? voices : control).add(packet, nowNs);
        } else {
            drop(packet, kind == MediaKind.AUDIO ? SfuCounter.TCP_AUDIO : SfuCounter.TCP_CONTROL);
        }
        countMissed(nowNs);
    }

    /// Whether packets of this stream of pictures are taken. After some were dropped, not before little waits and a
    /// pause is over; then it should begin with a key frame.
    public boolean takes(int ssrc, long nowNs) {
        Picture picture = find(ssrc);
        if (picture == null || !picture.isCut()) {
            return true;
        }
        boolean taken = takes(picture, nowNs);
        countMissed(nowNs);
        return taken;
    }

    private void countMissed(long nowNs) {
        int now = 0;
        for (int i = 0; i < pictures.size(); i++) {
            now += pictures.get(i).isMissed(nowNs) ? 1 : 0;
        }
        counters.change(SfuLevel.PAUSED_VIDEOS, now - missed);
        missed = now;
    }

    /// The packet that should leave next, or null. It is the caller's.
    public @Nullable Packet poll(long nowNs) {
        expire(nowNs);
        Packet next = control.poll();
        next = next == null ? voices.poll() : next;
        if (next == null) {
            next = frames.poll();
            if (next != null) {
                Picture picture = pictureOf(next);
                picture.left(next);
                picture.bytes -= size(next);
            }
        }
        bytes -= next == null ? 0 : size(next);
        return next;
    }

    /// Gives back all that waits.
    public void close() {
        for (PacketRing ring : List.of(control, voices, frames)) {
            for (Packet packet = ring.poll(); packet != null; packet = ring.poll()) {
                packet.release();
            }
        }
        bytes = 0;
        pictures.clear();
        lastFound = null;
        counters.change(SfuLevel.PAUSED_VIDEOS, -missed);
        missed = 0;
    }

    private void addPicture(Packet packet, long nowNs) {
        Picture picture = pictureOf(packet);
        if (admits(picture, packet, nowNs) && makeRoom(size(packet), false, nowNs) && admits(picture, packet, nowNs)) {
            picture.bytes += size(packet);
            bytes += size(packet);
            frames.add(packet, nowNs);
        } else {
            picture.cut(nowNs);
            picture.refuse(packet);
            drop(packet, SfuCounter.TCP_VIDEO);
        }
    }

    private boolean admits(Picture picture, Packet packet, long nowNs) {
        return !picture.wasRefused(packet) && (picture.hasBegun(packet) || takes(picture, nowNs));
    }

    private boolean takes(Picture picture, long nowNs) {
        if (picture.isCut()
                && !picture.pauses(nowNs)
                && nowNs >= nextReturnNs
                && bytes <= limits.tcpQueueBytes() / CALM_PART) {
            nextReturnNs = nowNs + BETWEEN_RETURNS_NS;
            picture.resume();
        }
        if (picture.isCut()) {
            picture.missed(nowNs);
        }
        return !picture.isCut();
    }

    /// @param voicesToo whether voices may be dropped for it
    private boolean makeRoom(int size, boolean voicesToo, long nowNs) {
        while (bytes + size > limits.tcpQueueBytes() || packets() >= limits.tcpQueuePackets()) {
            Picture largest = largest();
            if (largest != null) {
                cutFor(largest, nowNs);
            } else if (voicesToo && !voices.isEmpty()) {
                dropVoice();
            } else {
                return false;
            }
        }
        return true;
    }

    private void relieve(long nowNs) {
        if (frames.isEmpty() || nowNs < nextCutNs || nowNs - frames.firstNs() <= limits.tcpQueueNs() / 2) {
            return;
        }
        Picture largest = largest();
        if (largest != null) {
            cutFor(largest, nowNs);
        }
    }

    private void expire(long nowNs) {
        while (!frames.isEmpty() && nowNs - frames.firstNs() > limits.tcpQueueNs()) {
            Packet late = frames.first();
            if (late != null) {
                cut(pictureOf(late), true, nowNs);
            }
        }
        while (!voices.isEmpty() && nowNs - voices.firstNs() > limits.tcpQueueNs()) {
            dropVoice();
        }
    }

    private @Nullable Picture largest() {
        Picture largest = null;
        for (Picture picture : pictures) {
            if (picture.bytes > (largest == null ? 0 : largest.bytes)) {
                largest = picture;
            }
        }
        return largest;
    }

    /// Frees something: the begun frame only where there is nothing else.
    private void cutFor(Picture picture, long nowNs) {
        int before = picture.bytes;
        cut(picture, false, nowNs);
        if (picture.bytes == before) {
            cut(picture, true, nowNs);
        }
    }

    private void cut(Picture picture, boolean begunToo, long nowNs) {
        nextCutNs = nowNs + BETWEEN_CUTS_NS;
        picture.cut(nowNs);
        frames.removeIf(packet -> {
            boolean wanted = Picture.ssrcOf(packet) == picture.ssrc && (begunToo || !picture.hasBegun(packet));
            if (wanted) {
                picture.bytes -= size(packet);
                bytes -= size(packet);
                picture.refuse(packet);
                drop(packet, SfuCounter.TCP_VIDEO);
            }
            return wanted;
        });
        if (begunToo) {
            picture.abandon();
        }
    }

    private void dropVoice() {
        Packet oldest = voices.poll();
        if (oldest != null) {
            bytes -= size(oldest);
            drop(oldest, SfuCounter.TCP_AUDIO);
        }
    }

    private void drop(Packet packet, SfuCounter reason) {
        counters.add(reason);
        packet.release();
    }

    private static int size(Packet packet) {
        return FrameReader.PREFIX_BYTES + packet.length();
    }

    private Picture pictureOf(Packet packet) {
        int ssrc = Picture.ssrcOf(packet);
        Picture known = find(ssrc);
        if (known == null) {
            known = new Picture(ssrc);
            pictures.add(known);
        }
        return known;
    }

    private @Nullable Picture find(int ssrc) {
        Picture last = lastFound;
        if (last != null && last.ssrc == ssrc) {
            return last;
        }
        for (Picture picture : pictures) {
            if (picture.ssrc == ssrc) {
                lastFound = picture;
                return picture;
            }
        }
        return null;
    }
}
