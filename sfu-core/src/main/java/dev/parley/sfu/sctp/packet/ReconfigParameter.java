package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// A wish or an answer within a RE-CONFIG, [RFC 6525 §4](https://www.rfc-editor.org/rfc/rfc6525#section-4).
public sealed interface ReconfigParameter {
    int OUTGOING_RESET = 13;
    int INCOMING_RESET = 14;
    int RESPONSE = 16;
    int ADD_INCOMING = 18;

    /// Its sender's streams start again from number 0 behind `lastTsn`; none listed means all:
    ///
    ///     | type = 13 | length | request number | response number | last TSN | streams … |
    record OutgoingReset(int requestNumber, int responseNumber, int lastTsn, int[] streams)
            implements ReconfigParameter {}

    /// Its sender wants the receiver's streams reset:
    ///
    ///     | type = 14 | length | request number | streams … |
    record IncomingReset(int requestNumber, int[] streams) implements ReconfigParameter {}

    /// | type = 16 | length | request number answered | result | (TSNs of a reset of all) |
    record Response(int requestNumber, int result) implements ReconfigParameter {}

    /// Something else that wants an answer: reset of all TSNs, more streams.
    record OtherRequest(int type, int requestNumber) implements ReconfigParameter {}

    static @Nullable ReconfigParameter parse(Tlv p) {
        WireReader r = p.value();
        int number = r.i32();
        ReconfigParameter parameter = switch (p.type()) {
            case OUTGOING_RESET -> new OutgoingReset(number, r.i32(), r.i32(), streams(r));
            case INCOMING_RESET -> new IncomingReset(number, streams(r));
            case RESPONSE -> new Response(number, r.i32());
            default -> new OtherRequest(p.type(), number);
        };
        return r.overrun() ? null : parameter;
    }

    private static int[] streams(WireReader r) {
        int[] streams = new int[r.remaining() / 2];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = r.u16();
        }
        return streams;
    }

    default void write(WireWriter w) {
        Tlv.align(w);
        switch (this) {
            case OutgoingReset reset -> {
                w.u16(OUTGOING_RESET).u16(16 + 2 * reset.streams.length).i32(reset.requestNumber);
                w.i32(reset.responseNumber).i32(reset.lastTsn);
                writeStreams(w, reset.streams);
            }
            case IncomingReset reset -> {
                w.u16(INCOMING_RESET).u16(8 + 2 * reset.streams.length).i32(reset.requestNumber);
                writeStreams(w, reset.streams);
            }
            case Response response ->
                w.u16(RESPONSE).u16(12).i32(response.requestNumber).i32(response.result);
            case OtherRequest other -> w.u16(other.type).u16(8).i32(other.requestNumber);
        }
    }

    private static void writeStreams(WireWriter w, int[] streams) {
        for (int stream : streams) {
            w.u16(stream);
        }
    }
}
