package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Deadlines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One handshake with one peer's hello, from that hello to the keys: gives BouncyCastle the peer's messages complete,
/// in order and once each, and keeps what it answers for resending. Owner's loop only.
///
/// BouncyCastle never sees a retransmission, so its own timers and repetition logic stay silent.
final class Attempt {
    /// What an attempt tells the one who made it.
    interface Owner {
        /// A new flight is ready; the one before was answered.
        void answered(Flight flight);

        /// @param lastWords records, alerts mostly, that are worth sending if this was the only attempt
        void ended(Attempt attempt, HandshakeEnd end, List<byte[]> lastWords);
    }

    /// Records of epoch 1 that came before the messages they follow: a Finished, its repetition and two too many.
    private static final int EARLY_MAX = 4;

    private final Owner owner;
    private final @Nullable ClientHello hello;
    private final MessageQueue messages;
    private final int lastPlainMessage;
    private final List<byte[]> early = new ArrayList<>(EARLY_MAX);
    private @Nullable HandshakeRun run;
    private @Nullable Flight flight;
    private long nextRecord;
    private boolean plainDone;
    private boolean cipherChanged;
    private boolean over;

    /// @param hello what is answered; null for a client
    Attempt(Owner owner, @Nullable ClientHello hello, int bytesMax) {
        this.owner = owner;
        this.hello = hello;
        this.messages = new MessageQueue(hello == null ? 0 : 1, bytesMax);
        this.lastPlainMessage =
                hello == null ? HandshakeMessage.SERVER_HELLO_DONE : HandshakeMessage.CERTIFICATE_VERIFY;
    }

    void begin(HandshakeRun started) {
        run = started;
        started.begin();
    }

    boolean answers(ClientHello repeated) {
        return hello != null && hello.isRepetitionOf(repeated);
    }

    /// What was sent last, if anything.
    @Nullable
    Flight flight() {
        return flight;
    }

    MessageQueue.Verdict fragment(Fragment fragment) {
        MessageQueue.Verdict verdict = messages.add(fragment);
        if (verdict == MessageQueue.Verdict.TAKEN) {
            HandshakeMessage message = messages.poll();
            while (message != null && !over) {
                feed(message);
                message = messages.poll();
            }
            feedEarly();
        }
        return verdict;
    }

    /// A handshake record of epoch 1, which is the peer's Finished or pretends to be. It waits for the messages before
    /// it, whatever change_cipher_spec has come: that carries no information and no protection.
    boolean sealed(byte[] record) {
        if (!plainDone && early.size() == EARLY_MAX) {
            return false;
        }
        early.add(record);
        feedEarly();
        return true;
    }

    private void feedEarly() {
        if (!plainDone || early.isEmpty()) {
            return;
        }
        if (!cipherChanged) {
            cipherChanged = true;
            feed(PlainRecord.changeCipherSpec(nextRecord++));
        }
        early.forEach(this::feed);
        early.clear();
    }

    void feed(HandshakeMessage message) {
        plainDone |= message.type() == lastPlainMessage;
        List<byte[]> records = message.records(nextRecord);
        nextRecord += records.size();
        records.forEach(this::feed);
    }

    private void feed(byte[] record) {
        if (run != null && !over) {
            run.feed(record);
        }
    }

    /// What BouncyCastle did with what it was fed.
    void step(HandshakeStep step) {
        if (over) {
            return;
        }
        HandshakeEnd end = step.end();
        boolean failed = end instanceof HandshakeEnd.Failed;
        if (!step.records().isEmpty() && !failed) {
            flight = new Flight(step.records(), end == null);
            owner.answered(flight);
        }
        if (end != null) {
            over = true;
            owner.ended(this, end, failed ? step.records() : List.of());
        }
    }

    long nextTimeNs() {
        return flight == null ? Deadlines.NEVER : flight.resendNs();
    }

    void cancel() {
        over = true;
        if (run != null) {
            run.cancel();
        }
    }
}
