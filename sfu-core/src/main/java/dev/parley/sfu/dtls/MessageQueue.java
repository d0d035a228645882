package dev.parley.sfu.dtls;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the peer's handshake messages together and gives them out in order. Bounded: a peer that names far-away
/// messages, or more bytes than a flight has, is refused.
final class MessageQueue {
    enum Verdict {
        TAKEN,
        /// Of a message that was given out already: the peer may not have got our answer.
        REPEATED,
        NONSENSE
    }

    /// How far ahead of the next message one may be; a flight has five.
    private static final int AHEAD_MAX = 8;

    private final Map<Integer, PartialMessage> partial = new HashMap<>();
    private final int bytesMax;
    private int bytes;
    private int next;

    /// @param next the first number that is expected
    MessageQueue(int next, int bytesMax) {
        this.next = next;
        this.bytesMax = bytesMax;
    }

    Verdict add(Fragment fragment) {
        int messageSeq = fragment.messageSeq();
        if (messageSeq < next) {
            return Verdict.REPEATED;
        }
        PartialMessage message = partial.get(messageSeq);
        if (message == null) {
            if (messageSeq >= next + AHEAD_MAX || bytes + fragment.messageBytes() > bytesMax) {
                return Verdict.NONSENSE;
            }
            message = new PartialMessage(fragment);
            partial.put(messageSeq, message);
            bytes += message.bytes();
        }
        return message.add(fragment) ? Verdict.TAKEN : Verdict.NONSENSE;
    }

    /// The next message when all of it has come.
    @Nullable
    HandshakeMessage poll() {
        PartialMessage message = partial.get(next);
        HandshakeMessage complete = message == null ? null : message.complete();
        if (complete != null) {
            partial.remove(next++);
            bytes -= complete.body().length;
        }
        return complete;
    }

    /// What is held at this moment.
    int bytes() {
        return bytes;
    }
}
