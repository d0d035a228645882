package dev.parley.sfu.api;

/// One join of one participant; another join is another id. Opaque, without blanks and bars, at most 64 characters.
public record ParticipantId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
