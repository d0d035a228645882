package dev.parley.sfu.dtls;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// A handshake message of which pieces have come, in any order, overlapping or not.
final class PartialMessage {
    private final int type;
    private final int messageSeq;
    private final byte[] body;
    private final BitSet received;

    PartialMessage(Fragment first) {
        type = first.type();
        messageSeq = first.messageSeq();
        body = new byte[first.messageBytes()];
        received = new BitSet(body.length);
    }

    /// False when it belongs to another message that only claims the same number.
    boolean add(Fragment fragment) {
        if (fragment.type() != type || fragment.messageBytes() != body.length) {
            return false;
        }
        int bytes = fragment.piece().remaining();
        System.arraycopy(fragment.piece().array(), fragment.piece().position(), body, fragment.offset(), bytes);
        received.set(fragment.offset(), fragment.offset() + bytes);
        return true;
    }

    int bytes() {
        return body.length;
    }

    /// Null while pieces are missing.
    @Nullable
    HandshakeMessage complete() {
        return received.nextClearBit(0) >= body.length ? new HandshakeMessage(type, messageSeq, body) : null;
    }
}
