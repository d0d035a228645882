package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything before the keys: hellos, attempts, deadlines. Owner's loop only.
///
/// Nothing of epoch 0 is authenticated, and whoever can write from the peer's address can send it. So a hello that we
/// could never agree with and an alert only start a short doubt, which the real peer's next message ends; a second,
/// different hello gets an attempt of its own beside the first, and the certificate decides.
final class Handshakes {
    /// What the handshakes came to.
    interface Owner {
        void started();

        /// @param lastFlight what the peer may ask for again
        void done(HandshakeEnd.Done done, @Nullable Flight lastFlight);

        void failed(DtlsFailure reason);
    }

    /// Side by side: the first hello's and the latest other one's.
    private static final int ATTEMPTS_MAX = 2;

    /// Hellos that are answered in all. A real peer has one.
    private static final int ATTEMPTS_TOTAL_MAX = 16;

    /// How long an unauthenticated refusal may turn out to be someone else's.
    private static final long DOUBT_NS = 2_000_000_000L;

    private final DtlsRole role;
    private final DtlsCertificate own;
    private final List<Fingerprint> expected;
    private final DtlsRunner runner;
    private final Limits limits;
    private final FlightSender sender;
    private final Owner owner;
    private final AttemptOwner attemptOwner = new AttemptOwner();
    private final HelloQueue hellos = new HelloQueue();
    private final List<Attempt> attempts = new ArrayList<>(ATTEMPTS_MAX);
    private long nowNs;
    private long deadlineNs = Deadlines.NEVER;
    private long doubtNs = Deadlines.NEVER;
    private int attemptsStarted;

    Handshakes(
            DtlsRole role,
            DtlsCertificate own,
            List<Fingerprint> expected,
            DtlsRunner runner,
            Limits limits,
            FlightSender sender,
            Owner owner) {
        this.role = role;
        this.own = own;
        this.expected = List.copyOf(expected);
        this.runner = runner;
        this.limits = limits;
        this.sender = sender;
        this.owner = owner;
    }

    /// A client's own hello.
    void start(long nowNs) {
        this.nowNs = nowNs;
        if (attemptsStarted == 0) {
            attempt(null, null);
        }
    }

    /// False for nonsense. A hello may come whole or in pieces, with others between.
    boolean hello(Fragment fragment, long nowNs) {
        this.nowNs = nowNs;
        HandshakeMessage message = hellos.add(fragment);
        if (message == null) {
            return true;
        }
        ClientHello hello = ClientHello.parse(message);
        if (hello == null) {
            return false;
        }
        for (Attempt attempt : attempts) {
            if (attempt.answers(hello)) {
                repeated(attempt);
                return true;
            }
        }
        if (hello.suitable()) {
            return attempt(hello, message);
        }
        if (attempts.isEmpty()) {
            doubt();
        }
        return false;
    }

    /// @param hello null for a client, which sends its own
    private boolean attempt(@Nullable ClientHello hello, @Nullable HandshakeMessage message) {
        if (attemptsStarted == ATTEMPTS_TOTAL_MAX) {
            return false;
        }
        Attempt attempt = new Attempt(attemptOwner, hello, limits.handshakeBytes());
        HandshakeRun run = runner.open(task(), attempt::step);
        if (run == null) {
            if (attempts.isEmpty()) {
                owner.failed(DtlsFailure.REFUSED);
            }
            return false;
        }
        if (attempts.size() == ATTEMPTS_MAX) {
            attempts.removeLast().cancel();
        }
        attempts.add(attempt);
        attemptsStarted++;
        doubtNs = Deadlines.NEVER;
        deadlineNs = deadlineNs == Deadlines.NEVER ? nowNs + limits.handshakeNs() : deadlineNs;
        owner.started();
        attempt.begin(run);
        if (message != null) {
            attempt.feed(message);
        }
        return true;
    }

    private HandshakeTask task() {
        HandshakeTerms terms = new HandshakeTerms(own, expected);
        return role == DtlsRole.CLIENT ? new ClientHandshake(terms) : new ServerHandshake(terms);
    }

    /// Any other message of epoch 0; false for nonsense.
    boolean message(Fragment fragment, long nowNs) {
        this.nowNs = nowNs;
        boolean understood = false;
        for (Attempt attempt : List.copyOf(attempts)) {
            switch (attempt.fragment(fragment)) {
                case TAKEN -> {
                    understood = true;
                    doubtNs = Deadlines.NEVER;
                }
                case REPEATED -> {
                    understood = true;
                    repeated(attempt);
                }
                case NONSENSE -> {}
            }
        }
        return understood;
    }

    private void repeated(Attempt attempt) {
        doubtNs = Deadlines.NEVER;
        Flight flight = attempt.flight();
        if (flight != null) {
            sender.repeat(flight, nowNs);
        }
    }

    /// A handshake message or an alert in epoch 1.
    boolean sealed(byte[] record, long nowNs) {
        this.nowNs = nowNs;
        boolean understood = false;
        for (Attempt attempt : List.copyOf(attempts)) {
            understood |= attempt.sealed(record.clone());
        }
        return understood;
    }

    /// The peer, or someone in its name, says that it gives up.
    void fatalAlert(long nowNs) {
        this.nowNs = nowNs;
        doubt();
    }

    private void doubt() {
        doubtNs = Math.min(doubtNs, nowNs + DOUBT_NS);
    }

    void onTime(long nowNs) {
        this.nowNs = nowNs;
        if (nowNs >= deadlineNs) {
            owner.failed(DtlsFailure.TIMEOUT);
        } else if (nowNs >= doubtNs) {
            sender.send(PlainRecord.alert(0, PlainRecord.ALERT_FATAL, PlainRecord.HANDSHAKE_FAILURE));
            owner.failed(DtlsFailure.PROTOCOL);
        }
        for (Attempt attempt : attempts) {
            Flight flight = attempt.flight();
            if (flight != null && flight.resendNs() <= nowNs) {
                sender.send(flight, nowNs);
            }
        }
    }

    long nextTimeNs() {
        long next = Math.min(deadlineNs, doubtNs);
        for (Attempt attempt : attempts) {
            next = Math.min(next, attempt.nextTimeNs());
        }
        return next;
    }

    boolean underWay() {
        return !attempts.isEmpty();
    }

    /// Ends all threads; nothing is reported any more.
    void cancel() {
        deadlineNs = Deadlines.NEVER;
        doubtNs = Deadlines.NEVER;
        List<Attempt> open = List.copyOf(attempts);
        attempts.clear();
        open.forEach(Attempt::cancel);
    }

    private final class AttemptOwner implements Attempt.Owner {
        @Override
        public void answered(Flight flight) {
            nowNs = runner.nowNs(nowNs);
            sender.send(flight, nowNs);
        }

        @Override
        public void ended(Attempt attempt, HandshakeEnd end, List<byte[]> lastWords) {
            attempts.remove(attempt);
            switch (end) {
                case HandshakeEnd.Done done -> owner.done(done, attempt.flight());
                case HandshakeEnd.Failed failed -> {
                    if (attempts.isEmpty()) {
                        Flight.join(lastWords).forEach(sender::send);
                        owner.failed(failed.reason());
                    }
                }
            }
        }
    }
}
