package dev.parley.netsim;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Seeded random input for tests. Every run has its own generator, made of the seed and the run's number, so that a
/// failure is repeated alone: its message names both, and `-Dparley.seed=S -Dparley.run=R` runs only that one.
/// Stateless.
public final class Fuzz {
    static final long DEFAULT_SEED = 42;
    private static final int TIER2_RUNS = 10_000_000;
    private static final int SHOWN_BYTES = 512;

    private Fuzz() {}

    /// How often a test runs its body: `tier1` times on every commit, 10 million times with `-Dparley.long=true`.
    public static int runs(int tier1) {
        return Boolean.getBoolean("parley.long") ? TIER2_RUNS : tier1;
    }

    /// The seed of this test run: `-Dparley.seed`, else always the same.
    public static long seed() {
        return Long.getLong("parley.seed", DEFAULT_SEED);
    }

    /// Arrays of random length up to `maxLength`: uniform noise, and now and then a few values repeated, which gets
    /// past checks that noise never passes.
    public static void bytes(int runs, int maxLength, Consumer<byte[]> body) {
        inputs(runs, random -> noise(random, maxLength), body);
    }

    /// Samples with one to four faults each: flipped bits, cut ends, inserted or removed bytes, fields that lie about
    /// a length, pieces of another sample.
    public static void mutations(int runs, List<byte[]> samples, Consumer<byte[]> body) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no samples to mutate");
        }
        inputs(runs, random -> Mutation.of(random, samples), body);
    }

    /// A property for random values of the test's own making.
    public static void random(int runs, Consumer<SplittableRandom> body) {
        each(runs, (random, run) -> {
            try {
                body.accept(random);
            } catch (RuntimeException | Error e) {
                throw failure(run, null, e);
            }
        });
    }

    /// `count` seeds to run a simulation with, one after the other from the test run's own.
    public static LongStream seeds(int count) {
        return LongStream.range(seed(), seed() + count);
    }

    /// Runs `body` with each of `count` seeds.
    public static void seeds(int count, LongConsumer body) {
        seeds(count).forEach(seed -> {
            try {
                body.accept(seed);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + " (repeat with -Dparley.seed=" + seed + "): " + e, e);
            }
        });
    }

    private interface Maker {
        byte[] make(SplittableRandom random);
    }

    private interface Run {
        void go(SplittableRandom random, int run);
    }

    private static void inputs(int runs, Maker maker, Consumer<byte[]> body) {
        each(runs, (random, run) -> {
            byte[] input = maker.make(random);
            byte[] shown = Arrays.copyOf(input, Math.min(input.length, SHOWN_BYTES));
            try {
                body.accept(input);
            } catch (RuntimeException | Error e) {
                throw failure(run, shown, e);
            }
        });
    }

    private static void each(int runs, Run body) {
        Integer only = Integer.getInteger("parley.run");
        if (only != null) {
            body.go(generator(only), only);
            return;
        }
        for (int run = 0; run < runs; run++) {
            body.go(generator(run), run);
        }
    }

    private static SplittableRandom generator(int run) {
        return new SplittableRandom(seed() + run * 0x9e37_79b9_7f4a_7c15L);
    }

    private static AssertionError failure(int run, byte @Nullable [] input, Throwable cause) {
        String where = "seed " + seed() + " run " + run + " (repeat with -Dparley.seed=" + seed() + " -Dparley.run="
                + run + ")";
        String what = input == null ? "" : ", input begins " + HexFormat.of().formatHex(input);
        return new AssertionError(where + what + ": " + cause, cause);
    }

    private static byte[] noise(SplittableRandom random, int maxLength) {
        int bound = random.nextInt(4) == 0 ? Math.min(maxLength, 32) : maxLength;
        byte[] bytes = new byte[random.nextInt(bound + 1)];
        random.nextBytes(bytes);
        if (random.nextInt(8) == 0) {
            byte[] few = {0, 1, -1, (byte) random.nextInt(256)};
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = few[bytes[i] & 3];
            }
        }
        return bytes;
    }
}
