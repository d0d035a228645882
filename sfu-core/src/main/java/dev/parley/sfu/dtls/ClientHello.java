package dev.parley.sfu.dtls;

import dev.parley.sfu.base.WireReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What we look at in a ClientHello before any thread or key is spent on it, [RFC 6347
/// §4.2.1](https://www.rfc-editor.org/rfc/rfc6347#section-4.2.1):
///
///     | version 2 | random 32 | session id 1+n | cookie 1+n | suites 2+n | compressions 1+n | extensions 2+n |
///
/// @param suitable whether it offers everything that we insist on
record ClientHello(byte[] random, boolean suitable) {
    private static final int USE_SRTP = 14;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int EXTENDED_MASTER_SECRET = 23;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int RANDOM_BYTES = 32;

    /// Null when it is no ClientHello at all.
    static @Nullable ClientHello parse(HandshakeMessage message) {
        WireReader reader = message.reader();
        int version = reader.u16();
        byte[] random = reader.bytes(RANDOM_BYTES);
        reader.skip(reader.u8());
        reader.skip(reader.u8());
        boolean suite = containsAny(reader.slice(reader.u16()), HandshakeTerms.SUITES);
        reader.skip(reader.u8());
        WireReader extensions = reader.slice(reader.u16());
        if (reader.overrun() || reader.remaining() > 0) {
            return null;
        }
        Offer offer = new Offer(version == RecordCursor.DTLS_1_2);
        while (extensions.remaining() > 0) {
            offer.extension(extensions.u16(), extensions.slice(extensions.u16()));
        }
        return extensions.overrun() ? null : new ClientHello(random, suite && offer.suitable());
    }

    boolean isRepetitionOf(ClientHello other) {
        return Arrays.equals(random, other.random);
    }

    private static boolean containsAny(WireReader list, int[] wanted) {
        while (list.remaining() >= 2) {
            int value = list.u16();
            for (int candidate : wanted) {
                if (value == candidate) {
                    return true;
                }
            }
        }
        return false;
    }

    private static final class Offer {
        private boolean version;
        private boolean srtp;
        private boolean groups;
        private boolean masterSecret;

        Offer(boolean version) {
            this.version = version;
        }

        void extension(int type, WireReader body) {
            switch (type) {
                case USE_SRTP -> srtp = containsAny(body.slice(body.u16()), HandshakeTerms.SRTP_PROFILES);
                case SUPPORTED_GROUPS -> groups = containsAny(body.slice(body.u16()), HandshakeTerms.GROUPS);
                case EXTENDED_MASTER_SECRET -> masterSecret = true;
                case SUPPORTED_VERSIONS ->
                    version = containsAny(body.slice(body.u8()), new int[] {RecordCursor.DTLS_1_2});
                default -> {}
            }
        }

        boolean suitable() {
            return version && srtp && groups && masterSecret;
        }
    }
}
