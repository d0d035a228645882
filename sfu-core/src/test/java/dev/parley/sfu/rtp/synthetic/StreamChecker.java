package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SeqUnwrapper;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import org.jspecify.annotations.Nullable;

/// One SSRC as a subscriber receives it: each payload byte for byte as its publisher made it, from someone who may be
/// here, no number twice; in the end, with what the network dropped, no number missing. One thread.
public final class StreamChecker {
    private static final int WINDOW = 2048;

    private final String name;
    private final boolean video;
    private final Origins origins;
    private final Problems problems;
    private final ContinuityCheck continuity;
    private final SeqUnwrapper unwrapper = new SeqUnwrapper();
    private final Arrival[] arrivals = new Arrival[WINDOW];
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Stamp stamp = new Stamp();
    private long settled = -1;
    private boolean settling;
    private long received;
    private long repaired;
    private long repeated;
    private int switches;
    private @Nullable SyntheticStream showing;

    /// @param name for messages
    StreamChecker(String name, boolean video, Origins origins, Problems problems) {
        this.name = name;
        this.video = video;
        this.origins = origins;
        this.problems = problems;
        this.continuity = new ContinuityCheck(name, video, problems);
        for (int i = 0; i < WINDOW; i++) {
            arrivals[i] = new Arrival();
        }
    }

    /// A plain packet whose payload is `length` bytes from `at`.
    ///
    /// @param repair it came over RTX
    /// @return what arrived, null when it was refused or came before
    @Nullable
    Arrival receive(Packet p, int seq, int at, int length, boolean repair) {
        int head = headLength(p, at, length);
        if (head < 0 || !stamp.read(p, at + head, at + length)) {
            problems.add(name + ": payload is not as it was made, #" + seq);
            return null;
        }
        SyntheticStream origin = origins.of(stamp);
        if (origin == null || origin.isVideo() != video) {
            problems.add(name + ": must not arrive here: " + stamp);
            return null;
        }
        Arrival arrival = at(unwrapper.unwrap(seq));
        if (arrival == null) {
            problems.add(name + ": much too late, #" + seq);
        } else if (arrival.arrived) {
            again(arrival, origin, repair);
        } else {
            first(arrival, origin, p, repair);
            return arrival;
        }
        return null;
    }

    /// A copy of an earlier frame of sound that came with this packet.
    ///
    /// @return the frame's counter, negative when it is not as it was made, of somebody else, or of another time
    long copy(Packet p, int at, int length, int timestamp, Arrival with) {
        if (length < 1 || !stamp.read(p, at + 1, at + length) || origins.of(stamp) != with.origin) {
            return -1;
        }
        boolean right = stamp.counter < with.counter
                && with.timestamp - timestamp > 0
                && agrees(known(with.index - (with.counter - stamp.counter)), with, timestamp);
        return right ? stamp.counter : -1;
    }

    /// Whether the packet that the copy is of, where it came itself, had the same time.
    private boolean agrees(@Nullable Arrival itself, Arrival with, int timestamp) {
        boolean came = itself != null && itself.arrived && itself.origin == with.origin;
        return itself == null || !came || itself.counter != stamp.counter || itself.timestamp == timestamp;
    }

    /// Bytes of the payload before the stamp, -1 when the payload is none of its codec.
    private int headLength(Packet p, int at, int length) {
        if (!video) {
            return 1;
        }
        if (!vp8.parse(p, at, length)) {
            return -1;
        }
        int tag = vp8.startsKeyFrame() ? 10 : 3;
        return vp8.length() + (vp8.startsFrame() ? tag : 0);
    }

    private void again(Arrival arrival, SyntheticStream origin, boolean repair) {
        repeated++;
        if (!repair && !arrival.repaired) {
            problems.add(name + ": the same number twice: " + arrival);
        }
        arrival.repaired &= repair;
        if (arrival.origin != origin || arrival.counter != stamp.counter) {
            problems.add(name + ": repaired by another packet: " + arrival + " by " + stamp);
        }
    }

    private void first(Arrival arrival, SyntheticStream origin, Packet p, boolean repair) {
        received++;
        repaired += repair ? 1 : 0;
        if (video && Rtp.marker(p) != stamp.endsFrame()) {
            problems.add(name + ": marker of " + stamp);
        }
        if (origin != showing && arrival.index == unwrapper.highest()) {
            showing = origin;
            switches++;
        }
        arrival.arrived = true;
        arrival.repaired = repair;
        arrival.origin = origin;
        arrival.counter = stamp.counter;
        arrival.frame = stamp.frame;
        arrival.startsFrame = stamp.startsFrame();
        arrival.endsFrame = stamp.endsFrame();
        arrival.keyFrame = video && vp8.startsKeyFrame();
        arrival.timestamp = Rtp.timestamp(p);
        arrival.pictureId = video ? vp8.pictureId() : 0;
        arrival.tl0PicIdx = video ? vp8.tl0PicIdx() : 0;
        arrival.originalTl0PicIdx = stamp.tl0PicIdx;
    }

    /// A number came without a payload: what it stood for is not sent.
    void empty(int seq) {
        Arrival arrival = at(unwrapper.unwrap(seq));
        if (arrival != null && !arrival.arrived) {
            arrival.empty = true;
        }
    }

    /// The network dropped a packet of this SSRC on its way here.
    void lostOnTheWay(int seq) {
        Arrival arrival = at(unwrapper.unwrap(seq));
        if (arrival != null) {
            arrival.lost = true;
        }
    }

    /// The place of a number, made when it is new; null when it was settled before.
    private @Nullable Arrival at(long index) {
        if (!settling && (settled < 0 || index < settled)) {
            settled = index; // the first packets may come in any order
        }
        settleUpTo(index - WINDOW + 1);
        if (index < settled) {
            return null;
        }
        Arrival arrival = arrivals[(int) index & WINDOW - 1];
        return arrival.index == index ? arrival : arrival.reuse(index);
    }

    /// What is known of a number, null for nothing.
    @Nullable
    Arrival known(long index) {
        Arrival arrival = arrivals[(int) index & WINDOW - 1];
        return arrival.index == index ? arrival : null;
    }

    /// As `known`, made when it is new, to remember that it was asked for.
    Arrival place(long index) {
        Arrival arrival = arrivals[(int) index & WINDOW - 1];
        return arrival.index == index ? arrival : arrival.reuse(index);
    }

    private void settleUpTo(long end) {
        settling |= settled < end;
        for (; settled < end; settled++) {
            continuity.next(settled, known(settled));
        }
    }

    /// Judges all that is left: nothing more will come.
    void finish() {
        if (unwrapper.started()) {
            settleUpTo(unwrapper.highest() + 1);
        }
        continuity.finish();
    }

    long highest() {
        return unwrapper.highest();
    }

    boolean started() {
        return unwrapper.started();
    }

    public String name() {
        return name;
    }

    /// Different packets.
    public long received() {
        return received;
    }

    /// Of these, how many came over RTX.
    public long repaired() {
        return repaired;
    }

    /// Packets that came both by themselves and over RTX.
    public long repeated() {
        return repeated;
    }

    /// How often another source or encoding began to come.
    public int switches() {
        return switches;
    }
}
