package dev.parley.sfu.rtp.synthetic;

import org.jspecify.annotations.Nullable;

/// What a receiver knows of one number of a stream. Reused for later numbers.
final class Arrival {
    long index = -1;
    boolean arrived;
    /// It came over RTX first.
    boolean repaired;
    /// The network dropped it on its way to the receiver (it may have come again).
    boolean lost;
    /// The number came without a payload: what it stood for is not sent.
    boolean empty;
    int asks;
    long askedNs;

    @Nullable
    SyntheticStream origin;

    long counter;
    int frame;
    boolean startsFrame;
    boolean endsFrame;
    boolean keyFrame;
    int timestamp;
    int pictureId;
    int tl0PicIdx;
    int originalTl0PicIdx;

    Arrival reuse(long newIndex) {
        index = newIndex;
        arrived = false;
        repaired = false;
        lost = false;
        empty = false;
        asks = 0;
        askedNs = Long.MIN_VALUE;
        origin = null;
        return this;
    }

    void copyFrom(Arrival other) {
        index = other.index;
        arrived = other.arrived;
        repaired = other.repaired;
        lost = other.lost;
        empty = other.empty;
        origin = other.origin;
        counter = other.counter;
        frame = other.frame;
        startsFrame = other.startsFrame;
        endsFrame = other.endsFrame;
        keyFrame = other.keyFrame;
        timestamp = other.timestamp;
        pictureId = other.pictureId;
        tl0PicIdx = other.tl0PicIdx;
        originalTl0PicIdx = other.originalTl0PicIdx;
    }

    boolean startsKeyFrame() {
        return startsFrame && keyFrame;
    }

    /// Made by the same encoder with nothing renumbered between.
    boolean continues(Arrival before) {
        return origin == before.origin && counter - before.counter == index - before.index;
    }

    @Override
    public String toString() {
        if (origin == null) {
            return "#%d of nobody".formatted(index & 0xffff);
        }
        return "#%d of publisher %d source %d %s counter %d frame %d%s"
                .formatted(
                        index & 0xffff,
                        origin.publisher(),
                        origin.source(),
                        origin.numbers().rid(),
                        counter,
                        frame,
                        keyFrame ? " key" : "");
    }
}
