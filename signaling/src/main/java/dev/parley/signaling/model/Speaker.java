package dev.parley.signaling.model;

/// Somebody in a room as the server knows them, never as a message claims.
///
/// @param participant the id that others know them by, for as long as this place of theirs lives
/// @param name as others see it
/// @param person the same whenever they come back, and told to nobody
public record Speaker(String participant, String name, String person) {
    @Override
    public String toString() {
        return participant; // a name is never in a log
    }
}
