package dev.parley.sfu.media;

/// Where an encoding's RTP timestamps lie on the server's clock: timestamp `rtpTimestamp` was captured at `atNs`.
/// Made from a publisher's sender report; immutable.
///
/// @param offsetNs what makes time on our clock of Unix time on the publisher's
record SourceClock(int encoding, int rtpTimestamp, long atNs, long offsetNs) {
    /// The timestamp that belongs to a moment.
    int timestampAt(long nowNs, int clockRate) {
        return rtpTimestamp + (int) ((nowNs - atNs) / 1_000 * clockRate / 1_000_000);
    }

    /// The moment that belongs to a timestamp.
    long momentOf(int timestamp, int clockRate) {
        return atNs + (timestamp - rtpTimestamp) * 1_000_000_000L / clockRate;
    }
}
