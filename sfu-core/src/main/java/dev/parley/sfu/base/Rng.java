package dev.parley.sfu.base;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Randomness as an argument: the real one in production, a seeded one in tests. Used by one loop.
public final class Rng {
    private static final String TOKEN_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final RandomGenerator source;

    private Rng(RandomGenerator source) {
        this.source = source;
    }

    public static Rng secure() {
        return new Rng(new SecureRandom());
    }

    /// Predictable, for tests and simulations only.
    public static Rng seeded(long seed) {
        return new Rng(new SplittableRandom(seed));
    }

    /// The same source for libraries that want this type; as predictable as this object is.
    public SecureRandom secureRandom() {
        return source instanceof SecureRandom secure ? secure : new Adapter(source);
    }

    private static final class Adapter extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final transient RandomGenerator source;

        Adapter(RandomGenerator source) {
            this.source = source;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            source.nextBytes(bytes);
        }

        @Override
        public byte[] generateSeed(int count) {
            byte[] seed = new byte[count];
            source.nextBytes(seed);
            return seed;
        }
    }

    public int nextInt() {
        return source.nextInt();
    }

    public int below(int bound) {
        return source.nextInt(bound);
    }

    public long nextLong() {
        return source.nextLong();
    }

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        source.nextBytes(bytes);
        return bytes;
    }

    /// Random characters of the URL-safe base64 alphabet, 6 bits each.
    public String token(int characters) {
        StringBuilder token = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            token.append(TOKEN_ALPHABET.charAt(source.nextInt(TOKEN_ALPHABET.length())));
        }
        return token.toString();
    }
}
