package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import org.jspecify.annotations.Nullable;

/// The common header, [RFC 9260 §3.1](https://www.rfc-editor.org/rfc/rfc9260#section-3.1):
///
///     | source port | destination port |
///     |         verification tag       |
///     |            checksum            |
public record PacketHeader(int sourcePort, int destinationPort, int verificationTag, int checksum) {
    public static final int BYTES = 12;

    /// Leaves the reader at the first chunk.
    public static @Nullable PacketHeader parse(WireReader r) {
        PacketHeader header = new PacketHeader(r.u16(), r.u16(), r.i32(), r.i32());
        return r.overrun() ? null : header;
    }
}
