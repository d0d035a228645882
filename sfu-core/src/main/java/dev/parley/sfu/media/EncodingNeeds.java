package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;
import java.util.IdentityHashMap;
import java.util.Map;

/// Which encodings of a picture its publisher is to make: those that somebody on any loop needs, or needed a moment
/// ago.
/// Each is one bit. Lives on the publisher's loop.
///
/// Off means that somebody would have to stop: what does not come anyway, as a screen that nobody shares yet, is never
/// switched off and so never has to be switched on.
final class EncodingNeeds {
    /// For so long an encoding goes on after its last use: whoever leafs through pages of tiles is back by then, and an
    /// encoder that starts costs a key frame.
    static final long LINGER_NS = 5_000_000_000L;

    static final int NOTHING_TO_TELL = -1;
    private static final int NEVER_TOLD = -1;
    private static final int LOWEST = 1;

    private final IncomingEncoding[] encodings;
    private final long[] lingersNs;
    private final Map<TrackFeed, Integer> byFeed = new IdentityHashMap<>();
    private int needed;
    private boolean lowestStays;
    private int told = NEVER_TOLD;
    /// Those to be switched off should they come.
    private int unwanted;

    EncodingNeeds(IncomingEncoding[] encodings) {
        this.encodings = encodings;
        this.lingersNs = new long[encodings.length];
        this.unwanted = mayBeOn();
    }

    /// What subscribers on one loop need from now on.
    void need(TrackFeed feed, int some, long nowNs) {
        if (some == 0) {
            byFeed.remove(feed);
        } else {
            byFeed.put(feed, some);
        }
        int all = 0;
        for (int each : byFeed.values()) {
            all |= each;
        }
        for (int i = 0; i < lingersNs.length; i++) {
            if (((needed | all) & 1 << i) != 0) {
                lingersNs[i] = nowNs + LINGER_NS;
            }
        }
        needed = all;
    }

    /// Whether the lowest goes on also where nobody looks, so that whoever does so next has a picture at once.
    void lowestStays(boolean stays, long nowNs) {
        if (lowestStays && !stays) {
            lingersNs[0] = nowNs + LINGER_NS; // a reload is back by then
        }
        lowestStays = stays;
    }

    /// A packet of an encoding came. One that nobody needs has as long as any other for somebody to look: a share is
    /// there before its viewers are.
    ///
    /// @return whether `nextTimeNs` changed
    boolean came(int encoding, long nowNs) {
        if ((unwanted & 1 << encoding) == 0) {
            return false;
        }
        unwanted &= ~(1 << encoding);
        lingersNs[encoding] = nowNs + LINGER_NS;
        return true;
    }

    /// @return what is to be made from now on, or `NOTHING_TO_TELL`
    int take(long nowNs) {
        int arriving = arriving(nowNs);
        int before = told == NEVER_TOLD ? arriving : told;
        int over = mayBeOn() & ~lingering(nowNs) & ~wanted();
        unwanted = over & ~arriving;
        int now = (before & ~(over & arriving)) | wanted();
        boolean asItIs = told == NEVER_TOLD && needed == 0 && (over & arriving) == 0;
        if (now == told || asItIs) {
            return NOTHING_TO_TELL;
        }
        told = now;
        return now;
    }

    private int mayBeOn() {
        return told == NEVER_TOLD ? (1 << encodings.length) - 1 : told;
    }

    private int wanted() {
        return needed | (lowestStays ? LOWEST : 0);
    }

    private int arriving(long nowNs) {
        int arriving = 0;
        for (int i = 0; i < encodings.length; i++) {
            arriving |= encodings[i].arriving(nowNs) ? 1 << i : 0;
        }
        return arriving;
    }

    private int lingering(long nowNs) {
        int lingering = 0;
        for (int i = 0; i < lingersNs.length; i++) {
            lingering |= nowNs < lingersNs[i] ? 1 << i : 0;
        }
        return lingering;
    }

    /// When an encoding has lingered long enough.
    long nextTimeNs() {
        long next = Deadlines.NEVER;
        int on = mayBeOn() & ~wanted() & ~unwanted;
        for (int i = 0; i < lingersNs.length; i++) {
            if ((on & 1 << i) != 0) {
                next = Math.min(next, lingersNs[i]);
            }
        }
        return next;
    }
}
