package dev.parley.sfu.session;

import dev.parley.sfu.media.BitrateAllocator;

/// What may be sent to a client beside its voices.
interface MediaBudget {
    /// Nothing is known of the client's line.
    MediaBudget UNKNOWN = new MediaBudget() {
        @Override
        public long mediaBps(long nowNs) {
            return BitrateAllocator.UNKNOWN;
        }

        @Override
        public void wanted(long bps) {}
    };

    /// For all pictures together.
    long mediaBps(long nowNs);

    /// What would be sent if every tile had all that it has a use for.
    void wanted(long bps);
}
