package dev.parley.sfu.api;

import org.jspecify.annotations.Nullable;

/// What a client made of one slot since it was opened; null for a half that it does not report.
public record SlotReport(
        int slot, @Nullable Half video, @Nullable Half audio) {

    /// @param decoded grows while the client gets something out of what it is sent; in the client's own unit
    public record Half(long decoded, State state) {}

    /// Whether the client wants to get anything out of it.
    public enum State {
        PLAYING("playing"),
        /// Nobody can see it.
        HIDDEN("hidden"),
        /// The client stopped it.
        PAUSED("paused"),
        /// The browser waits for a press before it plays anything.
        BLOCKED("blocked");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
