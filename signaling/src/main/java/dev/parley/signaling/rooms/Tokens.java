package dev.parley.signaling.rooms;

/// Makes words nobody can guess: URL-safe characters of 6 random bits each.
@FunctionalInterface
public interface Tokens {
    String make(int characters);
}
