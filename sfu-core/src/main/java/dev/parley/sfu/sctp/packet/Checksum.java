package dev.parley.sfu.sctp.packet;

import java.util.zip.CRC32C;

/// The CRC32c of a packet whose checksum field counts as zero,
/// [RFC 9260 §6.8](https://www.rfc-editor.org/rfc/rfc9260#section-6.8). One loop's thread.
public final class Checksum {
    private static final int FIELD_AT = 8;
    private static final byte[] ZERO = new byte[4];

    private final CRC32C crc = new CRC32C();

    /// As the 32-bit number that stands in the header, read in network order.
    public int of(byte[] packet, int from, int length) {
        crc.reset();
        crc.update(packet, from, FIELD_AT);
        crc.update(ZERO, 0, ZERO.length);
        int behind = FIELD_AT + ZERO.length;
        crc.update(packet, from + behind, length - behind);
        return Integer.reverseBytes((int) crc.getValue());
    }
}
