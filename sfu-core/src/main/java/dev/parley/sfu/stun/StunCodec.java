package dev.parley.sfu.stun;

import dev.parley.sfu.base.Bytes;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.ice4j.StunException;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.IceControlAttribute;
import org.ice4j.attribute.PriorityAttribute;
import org.ice4j.attribute.UsernameAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.jspecify.annotations.Nullable;

/// Bytes to [StunMessage]; [StunEncoder] is the way back. Stateless, callable from any thread.
///
/// Nothing here throws, whatever the bytes: structure is checked by [StunFrame] first, and what ice4j throws
/// all the same ends as null.
public final class StunCodec {
    private StunCodec() {}

    /// The message in `length` bytes from `offset`, or null when they are not exactly one well-formed message.
    public static @Nullable StunMessage decode(byte[] bytes, int offset, int length) {
        StunFrame frame = StunFrame.parse(bytes, offset, length);
        if (frame == null) {
            return null;
        }
        try {
            byte[] essence = frame.essence();
            return view(frame, Message.decode(essence, 0, essence.length));
        } catch (StunException | RuntimeException _) {
            return null;
        }
    }

    /// Whether the sender knows this password, RFC 8489 §9.1. False without MESSAGE-INTEGRITY.
    public static boolean verify(StunMessage message, String password) {
        Integrity integrity = message.integrity();
        return integrity != null && integrity.matches(password);
    }

    /// The fragment before the colon of USERNAME, found by a scan that neither authenticates nor keeps
    /// anything: enough for the edge to hand a first check to the loop that can authenticate it. Null when
    /// there is none.
    public static @Nullable String localUfrag(byte[] bytes, int offset, int length) {
        if (!StunFrame.headerFits(bytes, offset, length)) {
            return null;
        }
        int end = offset + length;
        int at = offset + StunFrame.HEADER_BYTES;
        while (at < end) {
            int type = Bytes.u16(bytes, at);
            int valueBytes = Bytes.u16(bytes, at + 2);
            int next = at + 4 + StunFrame.padded(valueBytes);
            if (next > end || type == StunAttributes.MESSAGE_INTEGRITY) {
                return null;
            }
            if (type == StunAttributes.USERNAME) {
                return beforeColon(bytes, at + 4, Math.min(valueBytes, StunAttributes.USERNAME_BYTES_MAX));
            }
            at = next;
        }
        return null;
    }

    private static @Nullable String beforeColon(byte[] bytes, int from, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] == ':') {
                return new String(bytes, from, i, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private static StunMessage view(StunFrame frame, Message message) {
        return new StunMessage(
                kind(frame.type()),
                method(frame.type()),
                frame.transactionId(),
                username(message),
                message.getAttribute(Attribute.PRIORITY) instanceof PriorityAttribute priority
                        ? (Long) (priority.getPriority() & 0xffff_ffffL)
                        : null,
                message.containsAttribute(Attribute.USE_CANDIDATE),
                tieBreaker(message, Attribute.ICE_CONTROLLING),
                tieBreaker(message, Attribute.ICE_CONTROLLED),
                mappedAddress(message),
                message.getAttribute(Attribute.ERROR_CODE) instanceof ErrorCodeAttribute error
                        ? error.getErrorCode()
                        : 0,
                frame.unknownRequired(),
                frame.integrity(),
                frame.hasFingerprint(),
                frame.lengthBytes());
    }

    /// Bits 4 and 8 of the type.
    private static StunMessage.Kind kind(int type) {
        boolean response = (type & 0x100) != 0;
        boolean second = (type & 0x010) != 0;
        if (response) {
            return second ? StunMessage.Kind.ERROR : StunMessage.Kind.SUCCESS;
        }
        return second ? StunMessage.Kind.INDICATION : StunMessage.Kind.REQUEST;
    }

    /// The other 12 bits, which stand around them.
    private static int method(int type) {
        return (type & 0xf) | ((type & 0xe0) >> 1) | ((type & 0x3e00) >> 2);
    }

    private static @Nullable String username(Message message) {
        return message.getAttribute(Attribute.USERNAME) instanceof UsernameAttribute username
                ? new String(username.getUsername(), StandardCharsets.UTF_8)
                : null;
    }

    private static @Nullable Long tieBreaker(Message message, char type) {
        return message.getAttribute(type) instanceof IceControlAttribute control
                ? (Long) control.getTieBreaker()
                : null;
    }

    private static @Nullable InetSocketAddress mappedAddress(Message message) {
        if (!(message.getAttribute(Attribute.XOR_MAPPED_ADDRESS) instanceof XorMappedAddressAttribute mapped)) {
            return null;
        }
        TransportAddress address = mapped.getAddress(message.getTransactionID());
        return new InetSocketAddress(address.getAddress(), address.getPort());
    }
}
