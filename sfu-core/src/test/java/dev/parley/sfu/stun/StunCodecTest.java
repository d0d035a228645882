package dev.parley.sfu.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.WireWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.ice4j.attribute.FingerprintAttribute;
import org.ice4j.attribute.MessageIntegrityAttribute;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StunCodecTest {
    private static final String PASSWORD = StunVectors.PASSWORD;
    private static final String LONG_TERM_USERNAME = "\u30de\u30c8\u30ea\u30c3\u30af\u30b9";

    @Test
    void readsTheSampleRequest() {
        StunMessage message = decoded(StunVectors.REQUEST);

        assertThat(message.isBindingRequest()).isTrue();
        assertThat(message.transactionId()).isEqualTo(new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL));
        assertThat(message.username()).isEqualTo(StunVectors.USERNAME);
        assertThat(message.receiverUfrag()).isEqualTo("evtj");
        assertThat(message.priority()).isEqualTo(0x6e0001ffL);
        assertThat(message.iceControlled()).isEqualTo(0x932ff9b151263b36L);
        assertThat(message.iceControlling()).isNull();
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.hasFingerprint()).isTrue();
        assertThat(message.lengthBytes()).isEqualTo(108);
        assertThat(StunCodec.verify(message, PASSWORD)).isTrue();
        assertThat(StunCodec.verify(message, PASSWORD + "x")).isFalse();
        assertThat(StunCodec.verify(message, "")).isFalse();
    }

    @Test
    void readsTheSampleResponses() throws Exception {
        StunMessage ipv4 = decoded(StunVectors.IPV4_RESPONSE);
        StunMessage ipv6 = decoded(StunVectors.IPV6_RESPONSE);

        assertThat(ipv4.kind()).isEqualTo(StunMessage.Kind.SUCCESS);
        assertThat(ipv4.xorMappedAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(StunCodec.verify(ipv4, PASSWORD)).isTrue();
        assertThat(ipv6.isBindingResponse()).isTrue();
        assertThat(ipv6.xorMappedAddress())
                .isEqualTo(new InetSocketAddress(InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677"), 32853));
        assertThat(StunCodec.verify(ipv6, PASSWORD)).isTrue();
    }

    @Test
    void readsTheLongTermSample() throws Exception {
        StunMessage message = decoded(StunVectors.LONG_TERM_REQUEST);

        assertThat(message.username()).isEqualTo(LONG_TERM_USERNAME);
        assertThat(message.hasFingerprint()).isFalse();
        assertThat(Objects.requireNonNull(message.integrity()).matches(longTermKey()))
                .isTrue();
    }

    @Test
    void readsAMessageWithinALargerArray() {
        byte[] padded = new byte[200];
        System.arraycopy(StunVectors.REQUEST, 0, padded, 31, StunVectors.REQUEST.length);

        StunMessage message = StunCodec.decode(padded, 31, StunVectors.REQUEST.length);

        assertThat(StunCodec.verify(Objects.requireNonNull(message), PASSWORD)).isTrue();
        assertThat(StunCodec.localUfrag(padded, 31, StunVectors.REQUEST.length)).isEqualTo("evtj");
        assertThat(StunCodec.decode(padded, 150, 108)).isNull();
        assertThat(StunCodec.decode(padded, -1, 108)).isNull();
    }

    @Test
    void noFlippedBitPassesTheFingerprint() {
        eachFlippedBit(
                StunVectors.REQUEST,
                message -> assertThat(message.hasFingerprint()).isFalse());
    }

    @Test
    void noFlippedBitPassesTheIntegrity() throws Exception {
        byte[] key = longTermKey();
        eachFlippedBit(StunVectors.LONG_TERM_REQUEST, message -> {
            Integrity integrity = message.integrity();
            assertThat(integrity != null && integrity.matches(key)).isFalse();
        });
    }

    @Test
    void refusesEveryCut() {
        for (int length = 0; length < StunVectors.REQUEST.length; length++) {
            assertThat(StunCodec.decode(StunVectors.REQUEST, 0, length)).isNull();
            assertThat(StunCodec.localUfrag(StunVectors.REQUEST, 0, length)).isNull();
        }
    }

    @Test
    void onlyTheFirstAttributeOfATypeCounts() {
        byte[] bytes = message(w -> {
            attribute(w, StunAttributes.USERNAME, "first:a");
            attribute(w, StunAttributes.USERNAME, "other:b");
        });

        assertThat(decoded(bytes).username()).isEqualTo("first:a");
        assertThat(StunCodec.localUfrag(bytes, 0, bytes.length)).isEqualTo("first");
    }

    @Test
    void ignoresWhatFollowsTheIntegrity() {
        byte[] signed = signed(w -> attribute(w, StunAttributes.USERNAME, "aaaa:b"));
        byte[] bytes = Arrays.copyOf(signed, signed.length + 4);
        WireWriter.of(bytes, signed.length, 4).u16(StunAttributes.USE_CANDIDATE).u16(0);
        WireWriter.of(bytes).patchU16(2, bytes.length - StunFrame.HEADER_BYTES);

        StunMessage message = decoded(bytes);

        assertThat(message.useCandidate()).isFalse();
        assertThat(StunCodec.verify(message, PASSWORD)).isTrue();
    }

    @Test
    void refusesAnythingBehindTheFingerprint() {
        byte[] bytes = message(w -> {
            byte[] crc = FingerprintAttribute.calculateXorCRC32(header(16), 0, 20);
            w.u16(StunAttributes.FINGERPRINT).u16(4).bytes(crc).i32(0).i32(0);
        });

        assertThat(StunCodec.decode(bytes, 0, bytes.length)).isNull();
    }

    @Test
    void refusesLengthsThatNoSuchAttributeHas() {
        int[] types = {
            StunAttributes.PRIORITY,
            StunAttributes.ICE_CONTROLLING,
            StunAttributes.ICE_CONTROLLED,
            StunAttributes.MESSAGE_INTEGRITY,
            StunAttributes.XOR_MAPPED_ADDRESS,
            StunAttributes.USE_CANDIDATE
        };
        for (int type : types) {
            byte[] bytes = message(w -> attribute(w, type, "123"));
            assertThat(StunCodec.decode(bytes, 0, bytes.length))
                    .as("type %x", type)
                    .isNull();
        }
    }

    @Test
    void refusesAnAddressWhoseFamilyLies() {
        byte[] bytes = message(w ->
                w.u16(StunAttributes.XOR_MAPPED_ADDRESS).u16(8).u16(2).u16(1).i32(0));

        assertThat(StunCodec.decode(bytes, 0, bytes.length)).isNull();
    }

    @Test
    void listsWhatItMustKnowAndDoesNot() {
        byte[] bytes = message(w -> {
            attribute(w, 0x7ff1, "required");
            attribute(w, 0xfff1, "optional");
            for (int type = 0x7000; type < 0x7020; type++) {
                attribute(w, type, "");
            }
        });

        assertThat(decoded(bytes).unknownRequired()).startsWith(0x7ff1, 0x7000).hasSize(4);
    }

    @Test
    void readsTheClassOfAType() {
        assertThat(decoded(typed(0x0011)).kind()).isEqualTo(StunMessage.Kind.INDICATION);
        assertThat(decoded(typed(0x0111)).kind()).isEqualTo(StunMessage.Kind.ERROR);
        assertThat(decoded(typed(0x0003)).method()).isEqualTo(3);
        assertThat(decoded(typed(0x0003)).isBindingRequest()).isFalse();
        assertThat(decoded(typed(0x3eef)).method()).isEqualTo(0xfff);
    }

    @Test
    void findsNoFragmentWithoutAColonOrBehindTheIntegrity() {
        byte[] bare = message(w -> attribute(w, StunAttributes.USERNAME, "abcd"));
        byte[] behind = message(w -> {
            w.u16(StunAttributes.MESSAGE_INTEGRITY).u16(20).bytes(new byte[20]);
            attribute(w, StunAttributes.USERNAME, "abcd:efgh");
        });

        assertThat(StunCodec.localUfrag(bare, 0, bare.length)).isNull();
        assertThat(decoded(bare).receiverUfrag()).isNull();
        assertThat(StunCodec.localUfrag(behind, 0, behind.length)).isNull();
        assertThat(decoded(behind).username()).isNull();
    }

    @Test
    void survivesAnyBytes() {
        Fuzz.bytes(Fuzz.runs(200_000), 600, bytes -> {
            assertThat(StunCodec.decode(bytes, 0, bytes.length)).isNull();
            assertThat(StunCodec.localUfrag(bytes, 0, bytes.length)).isNull();
        });
    }

    @Test
    void theScanAndTheCodecNeverDisagreeAboutTheFragment() {
        Fuzz.mutations(Fuzz.runs(200_000), StunVectors.all(), bytes -> {
            StunMessage message = StunCodec.decode(bytes, 0, bytes.length);
            if (message != null) {
                assertThat(StunCodec.localUfrag(bytes, 0, bytes.length)).isEqualTo(message.receiverUfrag());
            }
        });
    }

    /// RFC 8489 §9.2.2, with the password as SASLprep leaves it.
    private static byte[] longTermKey() throws Exception {
        return MessageDigest.getInstance("MD5")
                .digest((LONG_TERM_USERNAME + ":example.org:TheMatrIX").getBytes(StandardCharsets.UTF_8));
    }

    /// What can still be decoded with one bit flipped, for every bit.
    private static void eachFlippedBit(byte[] sample, Consumer<StunMessage> decoded) {
        for (int bit = 0; bit < sample.length * 8; bit++) {
            byte[] bytes = sample.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            StunMessage message = StunCodec.decode(bytes, 0, bytes.length);
            if (message != null) {
                decoded.accept(message);
            }
        }
    }

    private static StunMessage decoded(byte[] bytes) {
        @Nullable StunMessage message = StunCodec.decode(bytes, 0, bytes.length);
        assertThat(message).isNotNull();
        return Objects.requireNonNull(message);
    }

    private static byte[] header(int contentBytes) {
        return typedHeader(0x0001, contentBytes);
    }

    private static byte[] typedHeader(int type, int contentBytes) {
        byte[] header = new byte[StunFrame.HEADER_BYTES];
        WireWriter.of(header).u16(type).u16(contentBytes).i32(StunFrame.MAGIC_COOKIE);
        return header;
    }

    private static byte[] typed(int type) {
        return typedHeader(type, 0);
    }

    private static byte[] message(Consumer<WireWriter> content) {
        byte[] bytes = new byte[1024];
        WireWriter writer = WireWriter.of(bytes);
        writer.bytes(header(0));
        content.accept(writer);
        writer.patchU16(2, writer.written() - StunFrame.HEADER_BYTES);
        return Arrays.copyOf(bytes, writer.written());
    }

    private static byte[] signed(Consumer<WireWriter> content) {
        byte[] plain = message(content);
        byte[] bytes = Arrays.copyOf(plain, plain.length + 24);
        WireWriter.of(bytes).patchU16(2, bytes.length - StunFrame.HEADER_BYTES);
        byte[] hmac = MessageIntegrityAttribute.calculateHmacSha1(
                bytes, 0, plain.length, PASSWORD.getBytes(StandardCharsets.UTF_8));
        WireWriter.of(bytes, plain.length, 24)
                .u16(StunAttributes.MESSAGE_INTEGRITY)
                .u16(20)
                .bytes(hmac);
        return bytes;
    }

    private static void attribute(WireWriter writer, int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        writer.u16(type).u16(bytes.length).bytes(bytes).bytes(new byte[StunFrame.padded(bytes.length) - bytes.length]);
    }
}
