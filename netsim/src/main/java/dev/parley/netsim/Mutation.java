package dev.parley.netsim;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A valid sample with one to four faults that hostile or broken senders make. Stateless.
enum Mutation {
    FLIP_BITS {
        @Override
        byte[] apply(SplittableRandom random, byte[] bytes, byte[] other) {
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bytes;
        }
    },
    SET_BYTE {
        @Override
        byte[] apply(SplittableRandom random, byte[] bytes, byte[] other) {
            bytes[random.nextInt(bytes.length)] = EXTREMES[random.nextInt(EXTREMES.length)];
            return bytes;
        }
    },
    TRUNCATE {
        @Override
        byte[] apply(SplittableRandom random, byte[] bytes, byte[] other) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
    },
    INSERT {
        @Override
        byte[] apply(SplittableRandom random, byte[] bytes, byte[] other) {
            byte[] inserted = new byte[1 + random.nextInt(16)];
            random.nextBytes(inserted);
            int at = random.nextInt(bytes.length + 1);
            return join(bytes, at, inserted, 0, inserted.length, at, bytes.length - at);
        }
    },
    REMOVE {
        @Override
        byte[] apply(SplittableRandom random, byte[] bytes, byte[] other) {
            int from = random.nextInt(bytes.length);
            int count = 1 + random.nextInt(Math.min(16, bytes.length - from));
            return join(bytes, from, bytes, 0, 0, from + count, bytes.length - from - count);
        }
    },
    /// A 16-bit field becomes about what a length could be: zero, one off, the rest of the message, much too long.
    LIE_ABOUT_LENGTH {
        @Override
        byte[] apply(SplittableRandom random, byte[] bytes, byte[] other) {
            if (bytes.length < 2) {
                return bytes;
            }
            int at = random.nextInt(bytes.length - 1);
            int was = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
            int rest = bytes.length - at - 2;
            int[] lies = {0, 1, was - 1, was + 1, was * 4, rest - 1, rest, rest + 1, 0x7fff, 0x8000, 0xffff};
            int lie = lies[random.nextInt(lies.length)];
            bytes[at] = (byte) (lie >>> 8);
            bytes[at + 1] = (byte) lie;
            return bytes;
        }
    },
    /// The head of this sample and the tail of another (or of itself: a repeated or a lost part).
    SPLICE {
        @Override
        byte[] apply(SplittableRandom random, byte[] bytes, byte[] other) {
            int head = random.nextInt(bytes.length + 1);
            int tail = random.nextInt(other.length + 1);
            return join(bytes, head, other, tail, other.length - tail, bytes.length, 0);
        }
    };

    /// Splices and insertions stop here, so that a mutated sample stays about as long as a datagram or an SDP is.
    private static final int GROWTH_MAX = 4096;

    private static final byte[] EXTREMES = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};
    private static final Mutation[] ALL = values();

    /// Changes `bytes` (never empty), in place or into a new array.
    abstract byte[] apply(SplittableRandom random, byte[] bytes, byte[] other);

    static byte[] of(SplittableRandom random, List<byte[]> samples) {
        byte[] bytes = pick(random, samples).clone();
        int longest = bytes.length + GROWTH_MAX;
        for (int faults = 1 + random.nextInt(4); faults > 0 && bytes.length > 0; faults--) {
            byte[] next = ALL[random.nextInt(ALL.length)].apply(random, bytes, pick(random, samples));
            bytes = next.length <= longest ? next : Arrays.copyOf(next, longest);
        }
        return bytes;
    }

    private static byte[] pick(SplittableRandom random, List<byte[]> samples) {
        return samples.get(random.nextInt(samples.size()));
    }

    /// The first `head` bytes, then a piece of another array, then a piece of the first one again.
    private static byte[] join(
            byte[] bytes, int head, byte[] middle, int middleFrom, int middleCount, int tailFrom, int tailCount) {
        byte[] joined = Arrays.copyOf(bytes, head + middleCount + tailCount);
        System.arraycopy(middle, middleFrom, joined, head, middleCount);
        System.arraycopy(bytes, tailFrom, joined, head + middleCount, tailCount);
        return joined;
    }
}
