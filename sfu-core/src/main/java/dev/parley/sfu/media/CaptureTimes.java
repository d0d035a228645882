package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.NtpTime;

/// When what one outgoing stream carries was captured, on the server's clock, for the header extension
/// `abs-capture-time` (https://webrtc.googlesource.com/src/+/main/docs/native-code/rtp-hdrext/abs-capture-time). The
/// publisher's own word where it has one, else what its sender reports say of the packet's timestamp. Once a second is
/// enough: receivers count on from there by timestamps.
///
///     | absolute capture timestamp, NTP 64 | (estimated capture clock offset, 64) |
final class CaptureTimes {
    /// No value: the packet has none, or none is known.
    static final long NONE = 0;

    static final int BYTES = 8;

    private static final long INTERVAL_NS = 1_000_000_000;

    private final int clockRate;
    private final long wallOffsetNs;
    private long nextNs = Long.MIN_VALUE;

    /// @param wallOffsetNs what makes Unix time of the loop's
    CaptureTimes(int clockRate, long wallOffsetNs) {
        this.clockRate = clockRate;
        this.wallOffsetNs = wallOffsetNs;
    }

    /// Another source: its first packet says it.
    void sourceChanged() {
        nextNs = Long.MIN_VALUE;
    }

    /// @return NTP of the server's clock, or `NONE`
    long of(MediaPacket packet, Segment segment, long nowNs) {
        SourceClock clock = segment.feed.clock(segment.encoding);
        if (nowNs < nextNs || clock == null) {
            return NONE;
        }
        nextNs = nowNs + INTERVAL_NS;
        long atNs = packet.extensions().has(ExtensionType.ABS_CAPTURE_TIME, BYTES)
                ? told(packet) + clock.offsetNs()
                : clock.momentOf(packet.timestamp(), clockRate);
        return NtpTime.ofUnixNs(atNs + wallOffsetNs);
    }

    /// What the publisher says, on its own clock. Where it passes on what others captured, it says how far their clock
    /// is behind its own.
    private static long told(MediaPacket packet) {
        Packet source = packet.packet();
        int at = packet.extensions().offset(ExtensionType.ABS_CAPTURE_TIME);
        long captured = ntp(source, at);
        boolean passedOn = packet.extensions().has(ExtensionType.ABS_CAPTURE_TIME, 2 * BYTES);
        return NtpTime.toUnixNs(passedOn ? captured + ntp(source, at + BYTES) : captured);
    }

    private static long ntp(Packet p, int at) {
        return (long) p.i32(at) << 32 | p.u32(at + 4);
    }
}
