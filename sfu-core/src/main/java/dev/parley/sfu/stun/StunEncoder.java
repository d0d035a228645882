package dev.parley.sfu.stun;

import dev.parley.sfu.base.WireWriter;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.FingerprintAttribute;
import org.ice4j.attribute.MessageIntegrityAttribute;
import org.ice4j.attribute.UnknownAttributesAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.jspecify.annotations.Nullable;

/// Builds the messages of an ICE agent into a byte array, from index 0. Each method returns the length written,
/// or 0 when it did not fit or cannot be expressed. Stateless.
///
/// The header, MESSAGE-INTEGRITY and FINGERPRINT are put together here, because ice4j's own `Message.encode`
/// reads the configuration of its agent.
public final class StunEncoder {
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHENTICATED = 401;
    public static final int UNKNOWN_ATTRIBUTE = 420;
    public static final int ROLE_CONFLICT = 487;

    private static final int BINDING_REQUEST = 0x0001;
    private static final int BINDING_SUCCESS = 0x0101;
    private static final int BINDING_ERROR = 0x0111;
    private static final int HMAC_BYTES = 20;
    private static final int CRC_BYTES = 4;
    private static final int XOR_MAPPED_IPV6_BYTES = 24;

    private final byte[] bytes;
    private final WireWriter writer;

    private StunEncoder(byte[] bytes, int type, TransactionId transactionId) {
        this.bytes = bytes;
        this.writer = WireWriter.of(bytes);
        writer.u16(type).u16(0).i32(StunFrame.MAGIC_COOKIE);
        writer.i32(transactionId.head()).i64(transactionId.tail());
    }

    /// What a connectivity check says, RFC 8445 §7.2.2.
    ///
    /// @param username the receiver's fragment, a colon, our fragment
    /// @param priority of a peer-reflexive candidate, 1 to 2^31 - 1
    public record Check(
            TransactionId transactionId,
            String username,
            long priority,
            boolean controlling,
            long tieBreaker,
            boolean useCandidate) {}

    public static int bindingRequest(byte[] into, Check check, String password) {
        StunEncoder encoder = new StunEncoder(into, BINDING_REQUEST, check.transactionId());
        encoder.put(AttributeFactory.createUsernameAttribute(check.username()));
        encoder.put(AttributeFactory.createPriorityAttribute(check.priority()));
        encoder.put(
                check.controlling()
                        ? AttributeFactory.createIceControllingAttribute(check.tieBreaker())
                        : AttributeFactory.createIceControlledAttribute(check.tieBreaker()));
        if (check.useCandidate()) {
            encoder.put(AttributeFactory.createUseCandidateAttribute());
        }
        return encoder.sealed(password);
    }

    /// RFC 8489 §7.3.1.1: where the request came from, XORed with its transaction id.
    public static int bindingSuccess(byte[] into, StunMessage request, InetSocketAddress from, String password) {
        byte[] mapped = xorMapped(from, request.transactionId());
        if (mapped.length == 0) {
            return 0;
        }
        StunEncoder encoder = new StunEncoder(into, BINDING_SUCCESS, request.transactionId());
        encoder.writer.bytes(mapped);
        return encoder.sealed(password);
    }

    /// An error without a reason phrase, which only adds bytes; a 420 lists what was not understood.
    ///
    /// @param password null where the key is unknown or was not proved, RFC 8489 §9.1.3
    public static int bindingError(byte[] into, StunMessage request, int code, @Nullable String password) {
        StunEncoder encoder = new StunEncoder(into, BINDING_ERROR, request.transactionId());
        ErrorCodeAttribute error = AttributeFactory.createErrorCodeAttribute((char) code, "");
        encoder.put(error);
        if (code == UNKNOWN_ATTRIBUTE) {
            encoder.put(unknown(request.unknownRequired()));
        }
        return encoder.sealed(password);
    }

    private static UnknownAttributesAttribute unknown(List<Integer> types) {
        UnknownAttributesAttribute unknown = AttributeFactory.createUnknownAttributesAttribute();
        for (int type : types) {
            unknown.addAttributeID((char) type);
        }
        return unknown;
    }

    /// Empty in one case: a transaction id chosen so that the XORed IPv6 address looks like a mapped IPv4 one,
    /// which Java's addresses, and with them ice4j, silently turn into IPv4. Only an attacker sends it.
    private static byte[] xorMapped(InetSocketAddress from, TransactionId transactionId) {
        byte[] id = new byte[12];
        WireWriter.of(id).i32(transactionId.head()).i64(transactionId.tail());
        XorMappedAddressAttribute attribute =
                AttributeFactory.createXorMappedAddressAttribute(new TransportAddress(from, Transport.UDP), id);
        byte[] encoded = attribute.encode();
        boolean ipv6 = from.getAddress() instanceof Inet6Address;
        return ipv6 && encoded.length != XOR_MAPPED_IPV6_BYTES ? new byte[0] : encoded;
    }

    private void put(Attribute attribute) {
        byte[] encoded = attribute.encode();
        writer.bytes(encoded);
        for (int i = encoded.length; (i & 3) != 0; i++) {
            writer.u8(0);
        }
    }

    private int sealed(@Nullable String password) {
        if (password != null) {
            lengthWith(4 + HMAC_BYTES);
            byte[] hmac = MessageIntegrityAttribute.calculateHmacSha1(
                    bytes, 0, writer.position(), password.getBytes(StandardCharsets.UTF_8));
            writer.u16(StunAttributes.MESSAGE_INTEGRITY).u16(HMAC_BYTES).bytes(hmac);
        }
        lengthWith(4 + CRC_BYTES);
        byte[] crc = FingerprintAttribute.calculateXorCRC32(bytes, 0, writer.position());
        writer.u16(StunAttributes.FINGERPRINT).u16(CRC_BYTES).bytes(crc);
        return writer.overflow() ? 0 : writer.written();
    }

    /// The header's length as it is once another `moreBytes` stand behind what is there.
    private void lengthWith(int moreBytes) {
        if (!writer.overflow()) {
            writer.patchU16(2, writer.written() + moreBytes - StunFrame.HEADER_BYTES);
        }
    }
}
