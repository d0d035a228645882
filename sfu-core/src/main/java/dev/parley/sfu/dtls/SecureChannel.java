package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.WireReader;
import org.jspecify.annotations.Nullable;

/// What happens in epoch 1 once the keys are there: application data, goodbyes, and the peer's wishes that we do not
/// grant. BouncyCastle's record layer, which blocks, is not used any more. Owner's loop only.
final class SecureChannel {
    /// Between two answers to wishes for a renegotiation.
    private static final long REFUSAL_INTERVAL_NS = 1_000_000_000L;

    /// What sealing adds at most: header, explicit nonce, tag.
    private static final int OVERHEAD_BYTES = RecordCursor.HEADER_BYTES + 8 + 16;

    private final SecureRecords records;
    private final @Nullable Flight lastFlight;
    private final FlightSender sender;
    private final DtlsOutput out;
    private final Runnable onGoodbye;
    private long nextRefusalNs = Long.MIN_VALUE;

    /// @param lastFlight what is sent again when the peer repeats its own last one; null for a client
    /// @param onGoodbye called when the peer has said, authenticated, that it leaves
    SecureChannel(
            SecureRecords records,
            @Nullable Flight lastFlight,
            FlightSender sender,
            DtlsOutput out,
            Runnable onGoodbye) {
        this.records = records;
        this.lastFlight = lastFlight;
        this.sender = sender;
        this.out = out;
        this.onGoodbye = onGoodbye;
    }

    /// False for what is not from the peer, or not new.
    boolean receive(RecordCursor record, long nowNs) {
        SecureRecords.Opened opened = records.open(record);
        if (opened == null) {
            return false;
        }
        switch (opened.type()) {
            case RecordCursor.APPLICATION_DATA -> out.applicationData(opened.array(), opened.offset(), opened.length());
            case RecordCursor.ALERT -> alert(opened);
            case RecordCursor.HANDSHAKE -> handshake(opened, nowNs);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void alert(SecureRecords.Opened alert) {
        WireReader reader = WireReader.of(alert.array(), alert.offset(), alert.length());
        int level = reader.u8();
        int description = reader.u8();
        if (!reader.overrun() && (level == PlainRecord.ALERT_FATAL || description == PlainRecord.CLOSE_NOTIFY)) {
            sayGoodbye();
            onGoodbye.run();
        }
    }

    /// A Finished means that the peer did not get ours; anything else would be a renegotiation, which WebRTC does not
    /// have ([RFC 8827 §6.5](https://www.rfc-editor.org/rfc/rfc8827#section-6.5)).
    private void handshake(SecureRecords.Opened handshake, long nowNs) {
        int type = handshake.length() == 0 ? -1 : handshake.array()[handshake.offset()];
        if (type == HandshakeMessage.FINISHED) {
            peerRepeatsItself(nowNs);
        } else if ((type == HandshakeMessage.CLIENT_HELLO || type == HandshakeMessage.HELLO_REQUEST)
                && nowNs >= nextRefusalNs) {
            nextRefusalNs = nowNs + REFUSAL_INTERVAL_NS;
            alert(PlainRecord.ALERT_WARNING, PlainRecord.NO_RENEGOTIATION);
        }
    }

    void peerRepeatsItself(long nowNs) {
        if (lastFlight != null) {
            sender.repeat(lastFlight, nowNs);
        }
    }

    /// False when it would not fit a packet.
    boolean send(byte[] data, int offset, int length) {
        if (length > Packet.CAPACITY - OVERHEAD_BYTES) {
            return false;
        }
        sender.send(records.seal(RecordCursor.APPLICATION_DATA, data, offset, length));
        return true;
    }

    void sayGoodbye() {
        alert(PlainRecord.ALERT_WARNING, PlainRecord.CLOSE_NOTIFY);
    }

    private void alert(int level, int description) {
        byte[] alert = {(byte) level, (byte) description};
        sender.send(records.seal(RecordCursor.ALERT, alert, 0, alert.length));
    }
}
