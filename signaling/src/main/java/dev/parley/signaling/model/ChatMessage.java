package dev.parley.signaling.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that was said in a room, as it is now.
///
/// @param n its place in the room's order; 0 before it has one
/// @param v the number of its last change, from the same count; `n` when there was none
/// @param id made by the sender's client, unique in the room's history
/// @param to the one person whom it is for; null for everybody
/// @param replyTo the `n` of what it answers
/// @param file goes with it
public record ChatMessage(
        long n,
        long v,
        String id,
        Instant at,
        Speaker from,
        @Nullable Speaker to,
        @Nullable Long replyTo,
        String text,
        @Nullable SharedFile file,
        boolean deleted) {
    public boolean edited() {
        return v != n && !deleted;
    }

    /// Whether this person may read it.
    public boolean isFor(String person) {
        return to == null || to.person().equals(person) || from.person().equals(person);
    }

    @Override
    public String toString() {
        return "ChatMessage[" + n + "]"; // what people say is never in a log
    }
}
