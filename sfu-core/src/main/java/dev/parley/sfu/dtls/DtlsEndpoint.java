package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DTLS with one peer, either role: datagrams and time go in, datagrams, SRTP keys and application data come out.
/// Belongs to one loop. Give it only datagrams from addresses that ICE has bound, and close it when it is no longer
/// needed: a handshake under way has a thread.
public final class DtlsEndpoint {
    /// Records of application data that overtook the last message of the handshake.
    private static final int EARLY_DATA_MAX = 4;

    private final DtlsRole role;
    private final Counters counters;
    private final DtlsOutput out;
    private final FlightSender sender;
    private final Handshakes handshakes;
    private final RecordCursor cursor = new RecordCursor();
    private final List<byte[]> earlyData = new ArrayList<>(0);
    private DtlsState state = DtlsState.NEW;
    private long nowNs;
    private @Nullable SecureChannel channel;

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
        this.counters = counters;
        this.out = out;
        this.sender = new FlightSender(role, limits, packets, out);
        this.handshakes = new Handshakes(role, own, expected, runner, limits, sender, new HandshakesOwner());
    }

    /// Does one handshake with itself, so that the first person to join does not wait for classes to load and methods
    /// to compile (a cold handshake takes 120 to 290 ms).
    public static void warmUp(DtlsCertificate own, Limits limits) {
        WarmUp.run(own, limits);
    }

    public DtlsState state() {
        return state;
    }

    /// A client sends its hello; a server waits for one and costs nothing until then.
    public void start(long nowNs) {
        this.nowNs = nowNs;
        if (role == DtlsRole.CLIENT && state == DtlsState.NEW) {
            handshakes.start(nowNs);
        }
    }

    /// What ICE measured; our timer follows it.
    public void roundTripNs(long ns) {
        sender.roundTripNs(ns);
    }

    /// Does not take ownership. Application data is decrypted where it lies.
    public void receive(Packet datagram, long nowNs) {
        this.nowNs = nowNs;
        sender.received(datagram.length());
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
            case SecureRecords.EPOCH -> channel == null ? early() : channel.receive(cursor, nowNs);
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
            understood &= fragment(fragment);
        }
        return understood;
    }

    /// After the handshake only a repetition can come in the clear: a hello that was late, or the peer's last flight.
    private boolean fragment(Fragment fragment) {
        boolean hello = fragment.type() == HandshakeMessage.CLIENT_HELLO;
        if (!isPeers(fragment.type()) || (hello && fragment.messageSeq() != 0)) {
            return false;
        }
        if (channel == null) {
            return hello ? handshakes.hello(fragment, nowNs) : handshakes.message(fragment, nowNs);
        }
        if (!hello) {
            channel.peerRepeatsItself(nowNs);
        }
        return true;
    }

    /// Whether the other side may say this in the clear.
    private boolean isPeers(int messageType) {
        return switch (messageType) {
            case HandshakeMessage.CERTIFICATE -> true;
            case HandshakeMessage.CLIENT_HELLO,
                    HandshakeMessage.CLIENT_KEY_EXCHANGE,
                    HandshakeMessage.CERTIFICATE_VERIFY -> role == DtlsRole.SERVER;
            case HandshakeMessage.SERVER_HELLO,
                    HandshakeMessage.HELLO_VERIFY_REQUEST,
                    HandshakeMessage.SERVER_KEY_EXCHANGE,
                    HandshakeMessage.CERTIFICATE_REQUEST,
                    HandshakeMessage.SERVER_HELLO_DONE -> role == DtlsRole.CLIENT;
            default -> false;
        };
    }

    private boolean plainAlert(WireReader alert) {
        boolean fatal = alert.u8() == PlainRecord.ALERT_FATAL;
        if (!fatal || state != DtlsState.HANDSHAKING) {
            return false;
        }
        handshakes.fatalAlert(nowNs);
        return true;
    }

    /// Epoch 1 before we have its keys.
    private boolean early() {
        return switch (cursor.type()) {
            case RecordCursor.APPLICATION_DATA ->
                handshakes.underWay() && earlyData.size() < EARLY_DATA_MAX && earlyData.add(cursor.copy());
            case RecordCursor.HANDSHAKE, RecordCursor.ALERT -> handshakes.sealed(cursor.copy(), nowNs);
            default -> false;
        };
    }

    public void onTime(long nowNs) {
        this.nowNs = nowNs;
        handshakes.onTime(nowNs);
    }

    /// When `onTime` wants to be called, `Deadlines.NEVER` for not at all.
    public long nextTimeNs() {
        return handshakes.nextTimeNs();
    }

    /// Seals one record of application data and sends it at once; false when not connected or when it would not fit a
    /// packet. Costs one AES-GCM of the JDK and never waits.
    public boolean send(byte[] data, int offset, int length) {
        return state == DtlsState.CONNECTED && channel != null && channel.send(data, offset, length);
    }

    /// Says goodbye if anybody can verify it, and ends. Nothing is called back but `send`.
    public void close(long nowNs) {
        this.nowNs = nowNs;
        if (alive()) {
            boolean connected = state == DtlsState.CONNECTED;
            state = DtlsState.CLOSED;
            handshakes.cancel();
            if (connected && channel != null) {
                channel.sayGoodbye();
            }
        }
    }

    private final class HandshakesOwner implements Handshakes.Owner {
        @Override
        public void started() {
            state = DtlsState.HANDSHAKING;
        }

        @Override
        public void done(HandshakeEnd.Done done, @Nullable Flight lastFlight) {
            Flight repeatable = role == DtlsRole.SERVER ? lastFlight : null;
            SecureChannel opened =
                    new SecureChannel(new SecureRecords(done.records()), repeatable, sender, out, this::goodbye);
            channel = opened;
            state = DtlsState.CONNECTED;
            handshakes.cancel();
            counters.add(SfuCounter.DTLS_OK);
            out.connected(done.keys());
            overtaken(opened);
        }

        private void overtaken(SecureChannel opened) {
            RecordCursor record = new RecordCursor();
            for (byte[] bytes : earlyData) {
                record.reset(bytes, bytes.length);
                if (alive() && !(record.next() && opened.receive(record, nowNs))) {
                    counters.add(SfuCounter.DTLS_DROPPED);
                }
            }
            earlyData.clear();
        }

        private void goodbye() {
            state = DtlsState.CLOSED;
            out.closed();
        }

        @Override
        public void failed(DtlsFailure reason) {
            state = DtlsState.FAILED;
            handshakes.cancel();
            count(reason);
            out.failed(reason);
        }

        private void count(DtlsFailure reason) {
            switch (reason) {
                case TIMEOUT -> counters.add(SfuCounter.DTLS_TIMEOUT);
                case FINGERPRINT_MISMATCH -> counters.add(SfuCounter.DTLS_FINGERPRINT);
                case PROTOCOL -> counters.add(SfuCounter.DTLS_FAILED);
                case REFUSED -> {
                    counters.add(SfuCounter.DTLS_REFUSED);
                    counters.add(SfuCounter.LIMIT_HANDSHAKES);
                }
            }
        }
    }
}
