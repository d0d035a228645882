package dev.parley.sfu.srtp;

import static dev.parley.sfu.srtp.SrtpFixture.HEADER_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// All around the cipher allocates nothing; what the JDK's cipher itself allocates is its own matter.
class SrtpAllocationTest {
    private static final int PACKETS = 100_000;
    private static final int SUBSCRIBERS = 4;

    private long index = 1000;

    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedPerPacket(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile, SrtpCipherSuite.NULL);
        SrtpSender sender = keys.sender();
        SrtpReceiver receiver = keys.receiver();
        Packet source = keys.rtp(0, 0, 1100);
        Packet out = keys.rtp(0, 0, 1100);
        assertThat(Allocations.of(1, () -> forward(sender, receiver, source, out, PACKETS)))
                .isZero();
    }

    private void forward(SrtpSender sender, SrtpReceiver receiver, Packet source, Packet out, int packets) {
        for (int i = 0; i < packets; i++) {
            if (i % SUBSCRIBERS == 0) {
                index++;
            }
            out.length(HEADER_LENGTH + 5);
            out.u16(2, (int) index & 0xffff);
            out.i32(8, i % SUBSCRIBERS);
            require(sender.protectRtp(out, HEADER_LENGTH, index, source.array(), HEADER_LENGTH + 5, 1095));
            require(receiver.unprotectRtp(out));
            require(receiver.unprotectRtp(out), SrtpResult.AUTH_FAILED, SrtpResult.REPLAYED);
            out.length(52);
            out.i32(4, i % SUBSCRIBERS);
            require(sender.protectRtcp(out));
            require(receiver.unprotectRtcp(out));
        }
    }

    private static void require(SrtpResult result) {
        require(result, SrtpResult.OK, SrtpResult.OK);
    }

    private static void require(SrtpResult result, SrtpResult expected, SrtpResult orElse) {
        if (result != expected && result != orElse) {
            throw new AssertionError("got " + result);
        }
    }
}
