package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// The bytes of a message: those that all receivers of a fan-out share, and what is appended for one of them. Nobody
/// changes them any more; they are copied only into packets.
public record Payload(byte[] shared, byte[] own) {
    private static final byte[] NONE = {};

    public static Payload of(byte[] bytes) {
        return new Payload(bytes, NONE);
    }

    public int length() {
        return shared.length + own.length;
    }

    /// Copies `count` bytes from index `from` on.
    public void write(WireWriter w, int from, int count) {
        int fromShared = Math.clamp(shared.length - from, 0, count);
        if (fromShared > 0) {
            w.bytes(shared, from, fromShared);
        }
        if (fromShared < count) {
            w.bytes(own, from + fromShared - shared.length, count - fromShared);
        }
    }
}
