package dev.parley.sfu.stun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Rng;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StunEncoderTest {
    private static final String PASSWORD = "a password of 24 letters";

    private final byte[] bytes = new byte[2048];
    private final Rng rng = Rng.seeded(1);

    @Test
    void aCheckSaysWhatItWasTold() {
        TransactionId id = TransactionId.random(rng);
        StunMessage message = encoded(StunEncoder.bindingRequest(
                bytes, new StunEncoder.Check(id, "abcd:efg", 0x6e00_01ff, true, -7, true), PASSWORD));

        assertThat(message.isBindingRequest()).isTrue();
        assertThat(message.transactionId()).isEqualTo(id);
        assertThat(message.username()).isEqualTo("abcd:efg");
        assertThat(message.priority()).isEqualTo(0x6e00_01ffL);
        assertThat(message.iceControlling()).isEqualTo(-7L);
        assertThat(message.iceControlled()).isNull();
        assertThat(message.useCandidate()).isTrue();
        assertThat(message.hasFingerprint()).isTrue();
        assertThat(StunCodec.verify(message, PASSWORD)).isTrue();
    }

    @Test
    void aBrowserSizedCheckHasABrowsersSize() {
        int length = StunEncoder.bindingRequest(
                bytes, new StunEncoder.Check(TransactionId.random(rng), "AAbcdefghi:wxyz", 1, true, 1, true), PASSWORD);

        assertThat(length).isEqualTo(96);
    }

    @Test
    void aSuccessNamesTheAddressThatAsked() {
        Fuzz.random(Fuzz.runs(20_000), random -> {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            InetSocketAddress from = socket(address, random.nextInt(65536));

            StunMessage request = check();
            StunMessage answer = encoded(StunEncoder.bindingSuccess(bytes, request, from, PASSWORD));

            assertThat(answer.kind()).isEqualTo(StunMessage.Kind.SUCCESS);
            assertThat(answer.transactionId()).isEqualTo(request.transactionId());
            assertThat(answer.xorMappedAddress()).isEqualTo(from);
            assertThat(StunCodec.verify(answer, PASSWORD)).isTrue();
        });
    }

    @Test
    void anAddressThatXorsIntoAMappedOneIsNotAnsweredWrongly() {
        // the cookie XORed with itself and this id is ::ffff:0:0, which Java takes for an IPv4 address
        StunMessage request = StunCodec.decode(
                bytes,
                0,
                StunEncoder.bindingRequest(
                        bytes,
                        new StunEncoder.Check(new TransactionId(0, 0x0000_ffff_0000_0000L), "a:b", 1, true, 1, false),
                        PASSWORD));
        InetSocketAddress from =
                socket(new byte[] {0x21, 0x12, (byte) 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}, 1000);

        assertThat(StunEncoder.bindingSuccess(bytes, Objects.requireNonNull(request), from, PASSWORD))
                .isZero();
    }

    @Test
    void errorsAreShortAndSignedOnlyWhenTheKeyIsKnown() {
        StunMessage request = check();

        int bare = StunEncoder.bindingError(bytes, request, StunEncoder.UNAUTHENTICATED, null);
        StunMessage unsigned = encoded(bare);
        StunMessage signed = encoded(StunEncoder.bindingError(bytes, request, StunEncoder.ROLE_CONFLICT, PASSWORD));

        assertThat(bare).isEqualTo(36);
        assertThat(unsigned.kind()).isEqualTo(StunMessage.Kind.ERROR);
        assertThat(unsigned.errorCode()).isEqualTo(401);
        assertThat(unsigned.hasIntegrity()).isFalse();
        assertThat(signed.errorCode()).isEqualTo(487);
        assertThat(StunCodec.verify(signed, PASSWORD)).isTrue();
    }

    @Test
    void whatDoesNotFitIsNotWritten() {
        byte[] small = new byte[40];
        StunEncoder.Check check = new StunEncoder.Check(TransactionId.random(rng), "abcd:efgh", 1, true, 1, false);

        assertThat(StunEncoder.bindingRequest(small, check, PASSWORD)).isZero();
        assertThat(StunEncoder.bindingRequest(new byte[8], check, PASSWORD)).isZero();
    }

    private StunMessage check() {
        StunEncoder.Check check = new StunEncoder.Check(TransactionId.random(rng), "abcd:efgh", 1, true, 1, false);
        return encoded(StunEncoder.bindingRequest(bytes, check, PASSWORD));
    }

    private StunMessage encoded(int length) {
        return Objects.requireNonNull(StunCodec.decode(bytes, 0, length));
    }

    private static InetSocketAddress socket(byte[] address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
