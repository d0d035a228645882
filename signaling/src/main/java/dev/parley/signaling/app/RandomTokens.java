package dev.parley.signaling.app;

import dev.parley.signaling.rooms.Tokens;
import java.security.SecureRandom;

/// Tokens from the system's randomness: URL-safe characters of 6 bits each. Callable from any thread.
final class RandomTokens implements Tokens {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final SecureRandom random = new SecureRandom();

    @Override
    public String make(int characters) {
        StringBuilder token = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
