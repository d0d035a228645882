package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import org.junit.jupiter.api.Test;

final class DemuxTest {
    private final PacketPool pool = new PacketPool(1);

    private Demux.Kind of(byte[] bytes) {
        Packet packet = pool.take(bytes);
        Demux.Kind kind = Demux.of(packet);
        packet.release();
        return kind;
    }

    private Demux.Kind of(int first, int second, int length) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        return of(bytes);
    }

    /// RFC 7983 §7, figure 3. ZRTP and TURN channels are nothing that we speak.
    @Test
    void theFirstByteSaysWhatItIs() {
        for (int first = 0; first < 256; first++) {
            Demux.Kind expected = first <= 3
                    ? Demux.Kind.STUN
                    : first >= 20 && first <= 63
                            ? Demux.Kind.DTLS
                            : first >= 128 && first <= 191 ? Demux.Kind.RTP : Demux.Kind.UNKNOWN;
            assertThat(of(first, 96, 20)).as("first byte %d", first).isEqualTo(expected);
        }
    }

    /// RFC 5761 §4: 64 to 95 with the marker bit are RTCP.
    @Test
    void theSecondByteTellsRtcpFromRtp() {
        for (int second = 0; second < 256; second++) {
            boolean rtcp = second >= 192 && second <= 223;
            assertThat(of(0x80, second, 12)).isEqualTo(rtcp ? Demux.Kind.RTCP : Demux.Kind.RTP);
        }
    }

    @Test
    void nothingAndTooLittleAreNothing() {
        assertThat(of(new byte[0])).isEqualTo(Demux.Kind.UNKNOWN);
        assertThat(of(0x80, 200, 7)).isEqualTo(Demux.Kind.UNKNOWN);
        assertThat(of(new byte[] {0})).isEqualTo(Demux.Kind.STUN);
    }

    @Test
    void saysSomethingOfAnyBytes() {
        Fuzz.bytes(Fuzz.runs(20_000), 64, bytes -> assertThat(of(bytes)).isNotNull());
        assertThat(pool.outstanding()).isZero();
    }
}
