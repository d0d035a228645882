package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What INIT and INIT ACK carry beside their fixed fields: extensions that are understood, and the cookie of an INIT
/// ACK. Addresses and what else peers list is skipped as their types ask,
/// [RFC 9260 §3.2.1](https://www.rfc-editor.org/rfc/rfc9260#section-3.2.1).
///
/// @param forwardTsn RFC 3758
/// @param reconfig RFC 6525
/// @param interleaving I-DATA and I-FORWARD-TSN, RFC 8260
/// @param zeroChecksum that its sender takes packets without a checksum because DTLS carries them, RFC 9653
/// @param cookie empty but in an INIT ACK
/// @param unrecognized parameters whose types ask to be reported, as they came
public record InitParameters(
        boolean forwardTsn,
        boolean reconfig,
        boolean interleaving,
        boolean zeroChecksum,
        byte[] cookie,
        byte[] unrecognized) {
    private static final int COOKIE = 7;
    private static final int UNRECOGNIZED = 8;
    private static final int ZERO_CHECKSUM = 0x8001;
    private static final int EXTENSIONS = 0x8008;
    private static final int FORWARD_TSN = 0xc000;

    /// Error detection by DTLS, RFC 9653 §4.
    private static final int BY_DTLS = 1;

    private static final int SKIP = 0x8000;
    private static final int REPORT = 0x4000;

    /// What is reported at most; nobody needs to read more of his own words.
    private static final int UNRECOGNIZED_BYTES_MAX = 256;

    private static final byte[] NONE = {};

    public static InitParameters of(boolean forwardTsn, boolean reconfig, boolean interleaving, boolean zeroChecksum) {
        return new InitParameters(forwardTsn, reconfig, interleaving, zeroChecksum, NONE, NONE);
    }

    public InitParameters withCookie(byte[] newCookie, byte[] reported) {
        return new InitParameters(forwardTsn, reconfig, interleaving, zeroChecksum, newCookie, reported);
    }

    static @Nullable InitParameters parse(WireReader r) {
        boolean forwardTsn = false;
        boolean zeroChecksum = false;
        byte[] cookie = NONE;
        byte[] extensions = NONE;
        byte[] unrecognized = NONE;
        for (@Nullable Tlv p = Tlv.next(r); p != null; p = Tlv.next(r)) {
            switch (p.type()) {
                case COOKIE -> cookie = p.value().bytes(p.value().remaining());
                case EXTENSIONS -> extensions = p.value().bytes(p.value().remaining());
                case FORWARD_TSN -> forwardTsn = true;
                case ZERO_CHECKSUM -> zeroChecksum = p.value().i32() == BY_DTLS;
                default -> {
                    if (!isKnown(p.type())) {
                        unrecognized = (p.type() & REPORT) == 0 ? unrecognized : appended(unrecognized, p);
                        if ((p.type() & SKIP) == 0) {
                            r.skip(r.remaining());
                        }
                    }
                }
            }
        }
        if (r.overrun()) {
            return null;
        }
        return new InitParameters(
                forwardTsn || contains(extensions, ChunkType.FORWARD_TSN),
                contains(extensions, ChunkType.RE_CONFIG),
                contains(extensions, ChunkType.I_DATA) && contains(extensions, ChunkType.I_FORWARD_TSN),
                zeroChecksum,
                cookie,
                unrecognized);
    }

    void write(WireWriter w) {
        if (forwardTsn) {
            Tlv.write(w, FORWARD_TSN, NONE);
        }
        Tlv.write(w, EXTENSIONS, extensions());
        if (zeroChecksum) {
            Tlv.align(w);
            w.u16(ZERO_CHECKSUM).u16(8).i32(BY_DTLS);
        }
        if (cookie.length > 0) {
            Tlv.write(w, COOKIE, cookie);
        }
        if (unrecognized.length > 0) {
            Tlv.write(w, UNRECOGNIZED, unrecognized);
        }
    }

    private byte[] extensions() {
        byte[] types = new byte[4];
        int count = 0;
        if (forwardTsn) {
            types[count++] = (byte) ChunkType.FORWARD_TSN;
        }
        if (reconfig) {
            types[count++] = (byte) ChunkType.RE_CONFIG;
        }
        if (interleaving) {
            types[count++] = ChunkType.I_DATA;
            types[count++] = (byte) ChunkType.I_FORWARD_TSN;
        }
        return Arrays.copyOf(types, count);
    }

    private static boolean contains(byte[] types, int type) {
        for (byte each : types) {
            if ((each & 0xff) == type) {
                return true;
            }
        }
        return false;
    }

    /// Addresses, cookie preservative, host name, address types, what was not recognized, ECN, and authentication
    /// (random, chunk list, HMAC list), which WebRTC does not need.
    private static boolean isKnown(int type) {
        return type == 5
                || type == 6
                || (type >= 8 && type <= 12)
                || type == 0x8000
                || (type >= 0x8002 && type <= 0x8004);
    }

    private static byte[] appended(byte[] before, Tlv parameter) {
        int length = Tlv.HEADER_BYTES + parameter.value().remaining();
        if (before.length + Tlv.padded(length) > UNRECOGNIZED_BYTES_MAX) {
            return before;
        }
        byte[] all = Arrays.copyOf(before, before.length + Tlv.padded(length));
        WireWriter w = WireWriter.of(all, before.length, Tlv.padded(length));
        Tlv.write(w, parameter.type(), parameter.value().bytes(parameter.value().remaining()));
        return all;
    }
}
