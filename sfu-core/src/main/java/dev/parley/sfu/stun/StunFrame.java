package dev.parley.sfu.stun;

import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.WireReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ice4j.attribute.FingerprintAttribute;
import org.jspecify.annotations.Nullable;

/// The structure of one message, checked before ice4j sees any of it, RFC 8489 §5 and §14:
///
///     |00|  type (14)  |    length (16)   |
///     |     magic cookie 0x2112a442       |
///     |     transaction id (96)           |
///     | attribute type | attribute length | value, padded to 4 bytes | ...
///
/// Only the first attribute of each type counts, none but FINGERPRINT counts after MESSAGE-INTEGRITY, and a
/// FINGERPRINT must be the last and must be right.
final class StunFrame {
    static final int HEADER_BYTES = 20;
    static final int MAGIC_COOKIE = 0x2112a442;

    /// No ICE message comes near it; what is longer is not worth a look.
    private static final int MESSAGE_BYTES_MAX = 2048;

    /// As many as a 420 answer lists.
    private static final int UNKNOWN_LISTED_MAX = 4;

    private static final int ATTRIBUTE_HEADER_BYTES = 4;

    private final byte[] wire;
    private final byte[] essence;
    private int essenceLength = HEADER_BYTES;
    private int integrityAt = -1;
    private int fingerprintAt = -1;
    private List<Integer> unknownRequired = List.of();

    private StunFrame(byte[] wire) {
        this.wire = wire;
        this.essence = Arrays.copyOf(wire, wire.length);
    }

    static @Nullable StunFrame parse(byte[] bytes, int offset, int length) {
        if (!headerFits(bytes, offset, length)) {
            return null;
        }
        StunFrame frame = new StunFrame(Arrays.copyOfRange(bytes, offset, offset + length));
        return frame.walk() && frame.fingerprintHolds() ? frame : null;
    }

    /// Whether this is one whole STUN message, by its header alone.
    static boolean headerFits(byte[] bytes, int offset, int length) {
        return length >= HEADER_BYTES
                && length <= MESSAGE_BYTES_MAX
                && offset >= 0
                && offset <= bytes.length - length
                && (bytes[offset] & 0xc0) == 0
                && (length & 3) == 0
                && Bytes.u16(bytes, offset + 2) == length - HEADER_BYTES
                && Bytes.i32(bytes, offset + 4) == MAGIC_COOKIE;
    }

    private boolean walk() {
        WireReader reader = WireReader.of(wire, HEADER_BYTES, wire.length - HEADER_BYTES);
        while (reader.remaining() > 0) {
            int at = reader.position();
            int type = reader.u16();
            int length = reader.u16();
            reader.skip(padded(length));
            int family = length >= 2 && !reader.overrun() ? wire[at + ATTRIBUTE_HEADER_BYTES + 1] : 0;
            if (reader.overrun() || fingerprintAt >= 0 || !take(type, at, length, family)) {
                return false;
            }
        }
        Bytes.u16(essence, 2, essenceLength - HEADER_BYTES);
        return true;
    }

    private boolean take(int type, int at, int length, int family) {
        if (type == StunAttributes.FINGERPRINT) {
            fingerprintAt = at;
        } else if (integrityAt >= 0) {
            return true;
        } else if (type == StunAttributes.MESSAGE_INTEGRITY) {
            integrityAt = at;
        } else if (StunAttributes.wanted(type)) {
            keep(type, at, ATTRIBUTE_HEADER_BYTES + padded(length));
        } else if (StunAttributes.unknownRequired(type)) {
            list(type);
        }
        return StunAttributes.lengthFits(type, length, family);
    }

    private void keep(int type, int at, int lengthBytes) {
        for (int kept = HEADER_BYTES; kept < essenceLength; ) {
            if (Bytes.u16(essence, kept) == type) {
                return;
            }
            kept += ATTRIBUTE_HEADER_BYTES + padded(Bytes.u16(essence, kept + 2));
        }
        System.arraycopy(wire, at, essence, essenceLength, lengthBytes);
        essenceLength += lengthBytes;
    }

    private void list(int type) {
        if (unknownRequired.isEmpty()) {
            unknownRequired = new ArrayList<>(UNKNOWN_LISTED_MAX);
        }
        if (unknownRequired.size() < UNKNOWN_LISTED_MAX) {
            unknownRequired.add(type);
        }
    }

    /// RFC 8489 §14.7.
    private boolean fingerprintHolds() {
        return fingerprintAt < 0
                || Arrays.equals(
                        FingerprintAttribute.calculateXorCRC32(wire, 0, fingerprintAt),
                        0,
                        4,
                        wire,
                        fingerprintAt + ATTRIBUTE_HEADER_BYTES,
                        fingerprintAt + ATTRIBUTE_HEADER_BYTES + 4);
    }

    static int padded(int length) {
        return length + 3 & ~3;
    }

    int type() {
        return Bytes.u16(wire, 0);
    }

    int lengthBytes() {
        return wire.length;
    }

    TransactionId transactionId() {
        return new TransactionId(Bytes.i32(wire, 8), Bytes.i64(wire, 12));
    }

    List<Integer> unknownRequired() {
        return List.copyOf(unknownRequired);
    }

    boolean hasFingerprint() {
        return fingerprintAt >= 0;
    }

    /// A message with the same header and, once each, the attributes that we use: all that ice4j gets to see.
    byte[] essence() {
        return Arrays.copyOf(essence, essenceLength);
    }

    @Nullable
    Integrity integrity() {
        if (integrityAt < 0) {
            return null;
        }
        byte[] covered = Arrays.copyOf(wire, integrityAt);
        int end = integrityAt + ATTRIBUTE_HEADER_BYTES + 20;
        Bytes.u16(covered, 2, end - HEADER_BYTES);
        return new Integrity(covered, Arrays.copyOfRange(wire, end - 20, end));
    }
}
