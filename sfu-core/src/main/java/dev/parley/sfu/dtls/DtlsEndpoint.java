package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DTLS with one peer, either role: datagrams and time go in, datagrams, SRTP keys and application data come out.
/// Belongs to one loop. Give it only datagrams from addresses that ICE has bound.
///
/// Nothing of epoch 0 is authenticated, and whoever can write from the peer's address can send it. So a hello that we
/// could never agree with and an alert only start a short doubt, which the real peer's next message ends; a second,
/// different hello gets an attempt of its own beside the first, and the certificate decides.
public final class DtlsEndpoint {
    /// Handshakes side by side: the first hello's and the latest other one's.
    private static final int ATTEMPTS_MAX = 2;

    /// Hellos that are answered in all. A real peer has one.
    private static final int ATTEMPTS_TOTAL_MAX = 16;

    /// How long an unauthenticated refusal may turn out to be someone else's.
    private static final long DOUBT_NS = 2_000_000_000L;

    /// Between two answers to wishes for a renegotiation.
    private static final long REFUSAL_INTERVAL_NS = 1_000_000_000L;

    /// Records of application data that overtook the last message of the handshake.
    private static final int EARLY_DATA_MAX = 4;

    /// What sealing adds at most: header, explicit nonce, tag.
    private static final int RECORD_OVERHEAD_BYTES = RecordCursor.HEADER_BYTES + 8 + 16;

    private final DtlsRole role;
    private final DtlsCertificate own;
    private final List<Fingerprint> expected;
    private final DtlsRunner runner;
    private final Limits limits;
    private final Counters counters;
    private final PacketPool packets;
    private final DtlsOutput out;

    private final RecordCursor cursor = new RecordCursor();
    private final HelloQueue hellos = new HelloQueue();
    private final ResendTimer timer = new ResendTimer();
    private final Amplification amplification;
    private final List<Attempt> attempts = new ArrayList<>(ATTEMPTS_MAX);
    private final List<byte[]> earlyData = new ArrayList<>(0);
    private final AttemptOwner attemptOwner = new AttemptOwner();

    private DtlsState state = DtlsState.NEW;
    private long nowNs;
    private long deadlineNs = Deadlines.NEVER;
    private long doubtNs = Deadlines.NEVER;
    private long nextRefusalNs = Long.MIN_VALUE;
    private int attemptsStarted;
    private @Nullable SecureRecords records;
    private @Nullable Flight lastFlight;

    public DtlsEndpoint(
            DtlsRole role,
            DtlsCertificate own,
            List<Fingerprint> expected,
            DtlsRunner runner,
            Limits limits,
            Counters counters,
            PacketPool packets,
            DtlsOutput out) {
        this.role = role;
        this.own = own;
        this.expected = List.copyOf(expected);
        this.runner = runner;
        this.limits = limits;
        this.counters = counters;
        this.packets = packets;
        this.out = out;
        this.amplification = new Amplification(limits);
        if (role == DtlsRole.CLIENT) {
            amplification.lift();
        }
    }

    public DtlsState state() {
        return state;
    }

    /// A client sends its hello; a server waits for one and costs nothing until then.
    public void start(long nowNs) {
        this.nowNs = nowNs;
        if (role == DtlsRole.CLIENT && state == DtlsState.NEW) {
            attempt(null, null);
        }
    }

    /// What ICE measured; our timer follows it.
    public void roundTripNs(long ns) {
        timer.roundTripNs(ns);
    }

    /// Does not take ownership. Application data is decrypted where it lies.
    public void receive(Packet datagram, long nowNs) {
        this.nowNs = nowNs;
        amplification.received(datagram.length());
        cursor.reset(datagram.array(), datagram.length());
        boolean understood = true;
        while (cursor.more() && alive()) {
            understood &= cursor.next() && record();
        }
        if (!understood) {
            counters.add(SfuCounter.DTLS_DROPPED);
        }
    }

    private boolean alive() {
        return state != DtlsState.CLOSED && state != DtlsState.FAILED;
    }

    private boolean record() {
        return switch (cursor.epoch()) {
            case 0 -> plain();
            case SecureRecords.EPOCH -> state == DtlsState.CONNECTED ? secure(cursor) : early();
            default -> false;
        };
    }

    private boolean plain() {
        return switch (cursor.type()) {
            case RecordCursor.HANDSHAKE -> fragments(cursor.body());
            case RecordCursor.ALERT -> plainAlert(cursor.body());
            case RecordCursor.CHANGE_CIPHER_SPEC -> true; // says nothing that the Finished after it does not
            default -> false;
        };
    }

    private boolean fragments(WireReader body) {
        boolean understood = true;
        while (body.remaining() > 0 && alive()) {
            Fragment fragment = Fragment.read(body);
            if (fragment == null) {
                return false;
            }
            understood &= fragment.type() == HandshakeMessage.CLIENT_HELLO ? hello(fragment) : message(fragment);
        }
        return understood;
    }

    private boolean hello(Fragment fragment) {
        if (role == DtlsRole.CLIENT || fragment.messageSeq() != 0) {
            return false;
        }
        HandshakeMessage message = state == DtlsState.CONNECTED ? null : hellos.add(fragment);
        if (message == null) {
            return true;
        }
        ClientHello hello = ClientHello.parse(message);
        if (hello == null) {
            return false;
        }
        for (Attempt attempt : attempts) {
            if (attempt.answers(hello)) {
                doubtNs = Deadlines.NEVER;
                attempt.repeated(nowNs, timer.answerNs());
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
        HandshakeTerms terms = new HandshakeTerms(own, expected);
        HandshakeTask task = hello == null ? new ClientHandshake(terms) : new ServerHandshake(terms);
        HandshakeRun run = runner.open(task, attempt::step);
        if (run == null) {
            refused();
            return false;
        }
        if (attempts.size() == ATTEMPTS_MAX) {
            attempts.removeLast().cancel();
        }
        attempts.add(attempt);
        attemptsStarted++;
        state = DtlsState.HANDSHAKING;
        doubtNs = Deadlines.NEVER;
        deadlineNs = deadlineNs == Deadlines.NEVER ? nowNs + limits.handshakeNs() : deadlineNs;
        attempt.begin(run);
        if (message != null) {
            attempt.feed(message);
        }
        return true;
    }

    private void refused() {
        counters.add(SfuCounter.LIMIT_HANDSHAKES);
        if (attempts.isEmpty()) {
            fail(DtlsFailure.REFUSED);
        }
    }

    private boolean message(Fragment fragment) {
        if (!isPeers(fragment.type())) {
            return false;
        }
        if (state == DtlsState.CONNECTED) {
            repeatLastFlight();
            return true;
        }
        boolean understood = false;
        for (Attempt attempt : List.copyOf(attempts)) {
            switch (attempt.fragment(fragment)) {
                case TAKEN -> {
                    understood = true;
                    doubtNs = Deadlines.NEVER;
                }
                case REPEATED -> {
                    understood = true;
                    doubtNs = Deadlines.NEVER;
                    attempt.repeated(nowNs, timer.answerNs());
                }
                case NONSENSE -> {}
            }
        }
        return understood;
    }

    /// Whether the other side may say this in the clear.
    private boolean isPeers(int messageType) {
        return switch (messageType) {
            case HandshakeMessage.CERTIFICATE -> true;
            case HandshakeMessage.CLIENT_KEY_EXCHANGE, HandshakeMessage.CERTIFICATE_VERIFY -> role == DtlsRole.SERVER;
            case HandshakeMessage.SERVER_HELLO,
                    HandshakeMessage.HELLO_VERIFY_REQUEST,
                    HandshakeMessage.SERVER_KEY_EXCHANGE,
                    HandshakeMessage.CERTIFICATE_REQUEST,
                    HandshakeMessage.SERVER_HELLO_DONE -> role == DtlsRole.CLIENT;
            default -> false;
        };
    }

    private boolean plainAlert(WireReader body) {
        int level = body.u8();
        if (state != DtlsState.HANDSHAKING || level != PlainRecord.ALERT_FATAL) {
            return false;
        }
        doubt();
        return true;
    }

    private void doubt() {
        doubtNs = Math.min(doubtNs, nowNs + DOUBT_NS);
    }

    /// Epoch 1 before we have its keys.
    private boolean early() {
        if (cursor.type() == RecordCursor.APPLICATION_DATA) {
            return !attempts.isEmpty() && earlyData.size() < EARLY_DATA_MAX && earlyData.add(cursor.copy());
        }
        boolean understood = false;
        if (cursor.type() == RecordCursor.HANDSHAKE || cursor.type() == RecordCursor.ALERT) {
            for (Attempt attempt : List.copyOf(attempts)) {
                understood |= attempt.sealed(cursor.copy());
            }
        }
        return understood;
    }

    private boolean secure(RecordCursor record) {
        SecureRecords.Opened opened = records == null ? null : records.open(record);
        if (opened == null) {
            return false;
        }
        switch (opened.type()) {
            case RecordCursor.APPLICATION_DATA -> out.applicationData(opened.array(), opened.offset(), opened.length());
            case RecordCursor.ALERT -> secureAlert(opened);
            case RecordCursor.HANDSHAKE -> secureHandshake(opened);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void secureAlert(SecureRecords.Opened alert) {
        WireReader reader = WireReader.of(alert.array(), alert.offset(), alert.length());
        int level = reader.u8();
        int description = reader.u8();
        if (!reader.overrun() && (level == PlainRecord.ALERT_FATAL || description == PlainRecord.CLOSE_NOTIFY)) {
            sendAlert(PlainRecord.ALERT_WARNING, PlainRecord.CLOSE_NOTIFY);
            state = DtlsState.CLOSED;
            out.closed();
        }
    }

    /// A Finished means that the peer did not get ours; anything else would be a renegotiation, which WebRTC does not
    /// have ([RFC 8827 §6.5](https://www.rfc-editor.org/rfc/rfc8827#section-6.5)).
    private void secureHandshake(SecureRecords.Opened handshake) {
        int type = handshake.length() == 0 ? -1 : handshake.array()[handshake.offset()];
        if (type == HandshakeMessage.FINISHED) {
            repeatLastFlight();
        } else if (type == HandshakeMessage.CLIENT_HELLO || type == HandshakeMessage.HELLO_REQUEST) {
            if (nowNs >= nextRefusalNs) {
                nextRefusalNs = nowNs + REFUSAL_INTERVAL_NS;
                sendAlert(PlainRecord.ALERT_WARNING, PlainRecord.NO_RENEGOTIATION);
            }
        }
    }

    private void repeatLastFlight() {
        if (lastFlight != null && lastFlight.mayRepeat(nowNs, timer.answerNs())) {
            attemptOwner.transmit(lastFlight);
        }
    }

    public void onTime(long nowNs) {
        this.nowNs = nowNs;
        if (nowNs >= deadlineNs) {
            fail(DtlsFailure.TIMEOUT);
        } else if (nowNs >= doubtNs) {
            emit(PlainRecord.alert(0, PlainRecord.ALERT_FATAL, PlainRecord.HANDSHAKE_FAILURE));
            fail(DtlsFailure.PROTOCOL);
        }
        for (Attempt attempt : List.copyOf(attempts)) {
            attempt.onTime(nowNs);
        }
    }

    /// When `onTime` wants to be called, `Deadlines.NEVER` for not at all.
    public long nextTimeNs() {
        long next = Math.min(deadlineNs, doubtNs);
        for (Attempt attempt : attempts) {
            next = Math.min(next, attempt.nextTimeNs());
        }
        return next;
    }

    /// Seals one record of application data and sends it at once; false when not connected or when it would not fit a
    /// packet. Costs one AES-GCM of the JDK and never waits: BouncyCastle's record layer is not used any more.
    public boolean send(byte[] data, int offset, int length) {
        if (state != DtlsState.CONNECTED || records == null || length > Packet.CAPACITY - RECORD_OVERHEAD_BYTES) {
            return false;
        }
        emit(records.seal(RecordCursor.APPLICATION_DATA, data, offset, length));
        return true;
    }

    /// Says goodbye if anybody can verify it, and ends. Nothing is called back.
    public void close(long nowNs) {
        this.nowNs = nowNs;
        if (state == DtlsState.CONNECTED) {
            sendAlert(PlainRecord.ALERT_WARNING, PlainRecord.CLOSE_NOTIFY);
        }
        if (alive()) {
            state = DtlsState.CLOSED;
            stopHandshake();
        }
    }

    private void sendAlert(int level, int description) {
        if (records != null) {
            byte[] alert = {(byte) level, (byte) description};
            emit(records.seal(RecordCursor.ALERT, alert, 0, alert.length));
        }
    }

    private void emit(byte[] datagram) {
        out.send(packets.take(datagram));
    }

    private void stopHandshake() {
        deadlineNs = Deadlines.NEVER;
        doubtNs = Deadlines.NEVER;
        List<Attempt> open = List.copyOf(attempts);
        attempts.clear();
        open.forEach(Attempt::cancel);
    }

    private void fail(DtlsFailure reason) {
        state = DtlsState.FAILED;
        stopHandshake();
        counters.add(
                switch (reason) {
                    case TIMEOUT -> SfuCounter.DTLS_TIMEOUT;
                    case FINGERPRINT_MISMATCH -> SfuCounter.DTLS_FINGERPRINT;
                    case PROTOCOL -> SfuCounter.DTLS_FAILED;
                    case REFUSED -> SfuCounter.DTLS_REFUSED;
                });
        out.failed(reason);
    }

    private void connected(Attempt attempt, HandshakeEnd.Done done) {
        records = new SecureRecords(done.records());
        lastFlight = role == DtlsRole.SERVER ? attempt.flight() : null;
        state = DtlsState.CONNECTED;
        stopHandshake();
        counters.add(SfuCounter.DTLS_OK);
        out.connected(done.keys());
        RecordCursor overtaken = new RecordCursor();
        for (byte[] record : earlyData) {
            overtaken.reset(record, record.length);
            if (state == DtlsState.CONNECTED && overtaken.next() && !secure(overtaken)) {
                counters.add(SfuCounter.DTLS_DROPPED);
            }
        }
        earlyData.clear();
    }

    private final class AttemptOwner implements Attempt.Owner {
        @Override
        public void transmit(Flight flight) {
            if (!flight.awaitsAnswer()) {
                amplification.lift(); // it follows the client's second flight
            }
            flight.sent(runner.nowNs(nowNs), timer);
            for (byte[] datagram : flight.datagrams()) {
                if (amplification.maySend(datagram.length)) {
                    emit(datagram);
                }
            }
        }

        @Override
        public void ended(Attempt attempt, HandshakeEnd end, List<byte[]> lastWords) {
            attempts.remove(attempt);
            switch (end) {
                case HandshakeEnd.Done done -> connected(attempt, done);
                case HandshakeEnd.Failed failed -> {
                    if (attempts.isEmpty()) {
                        Flight.join(lastWords).forEach(DtlsEndpoint.this::emit);
                        fail(failed.reason());
                    }
                }
            }
        }
    }

    /// Does one handshake with itself, so that the first person to join does not wait for classes to load and methods
    /// to
    /// compile (a cold handshake takes 120 to 290 ms).
    public static void warmUp(DtlsCertificate own, Limits limits) {
        WarmUp.run(own, limits);
    }
}
