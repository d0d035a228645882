package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How a data channel is opened, [RFC 8832 §5](https://www.rfc-editor.org/rfc/rfc8832#section-5). Stateless.
///
///     | type = 3 | channel type | priority | reliability | label length | protocol length | label … | protocol … |
///     | type = 2 |
final class Dcep {
    static final int PPID = 50;

    private static final int ACK = 2;
    private static final int OPEN = 3;
    private static final int OPEN_BYTES = 12;

    private static final int UNORDERED = 0x80;
    private static final int RELIABLE = 0;
    private static final int RETRANSMITS = 1;
    private static final int LIFETIME = 2;

    private static final long MS_NS = 1_000_000;

    private Dcep() {}

    static byte[] ack() {
        return new byte[] {ACK};
    }

    static boolean isAck(byte[] message) {
        return message.length > 0 && message[0] == ACK;
    }

    static byte[] open(ChannelOptions options) {
        byte[] label = options.label().getBytes(StandardCharsets.UTF_8);
        byte[] protocol = options.protocol().getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[OPEN_BYTES + label.length + protocol.length];
        Reliability reliability = options.reliability();
        WireWriter.of(message)
                .u8(OPEN)
                .u8(type(reliability) | (reliability.ordered() ? 0 : UNORDERED))
                .u16(options.priority())
                .u32(parameter(reliability))
                .u16(label.length)
                .u16(protocol.length)
                .bytes(label)
                .bytes(protocol);
        return message;
    }

    private static int type(Reliability reliability) {
        if (reliability.retransmissionsMax() != Reliability.ENDLESS) {
            return RETRANSMITS;
        }
        return reliability.lifetimeNs() == Deadlines.NEVER ? RELIABLE : LIFETIME;
    }

    private static long parameter(Reliability reliability) {
        return switch (type(reliability)) {
            case RETRANSMITS -> reliability.retransmissionsMax();
            case LIFETIME -> reliability.lifetimeNs() / MS_NS;
            default -> 0;
        };
    }

    /// Null for what is no well-formed OPEN, or one whose names are longer than `nameBytesMax`.
    static @Nullable ChannelOptions parseOpen(byte[] message, int nameBytesMax) {
        WireReader r = WireReader.of(message);
        int messageType = r.u8();
        int type = r.u8();
        int priority = r.u16();
        Reliability reliability = reliability(type, r.u32());
        int labelBytes = r.u16();
        int protocolBytes = r.u16();
        byte[] label = r.bytes(labelBytes);
        byte[] protocol = r.bytes(protocolBytes);
        boolean tooLong = labelBytes > nameBytesMax || protocolBytes > nameBytesMax;
        if (messageType != OPEN || r.overrun() || tooLong || reliability == null) {
            return null;
        }
        return new ChannelOptions(text(label), text(protocol), reliability, priority);
    }

    private static @Nullable Reliability reliability(int type, long parameter) {
        boolean ordered = (type & UNORDERED) == 0;
        return switch (type & ~UNORDERED) {
            case RELIABLE -> Reliability.reliable(ordered);
            case RETRANSMITS -> Reliability.retransmits(ordered, (int) Math.min(parameter, Reliability.ENDLESS));
            case LIFETIME -> Reliability.lifetime(ordered, parameter * MS_NS);
            default -> null;
        };
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
