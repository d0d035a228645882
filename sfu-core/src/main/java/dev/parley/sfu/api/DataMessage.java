package dev.parley.sfu.api;

/// A message on its way to somebody. Nobody changes the arrays any more: all receivers of a fan-out share the first
/// one, and it is copied only into packets.
///
/// @param text a string in UTF-8, else bytes
/// @param own appended for this receiver alone
public record DataMessage(boolean text, byte[] shared, byte[] own) {
    private static final byte[] NONE = {};

    public static DataMessage of(boolean text, byte[] bytes) {
        return new DataMessage(text, bytes, NONE);
    }
}
